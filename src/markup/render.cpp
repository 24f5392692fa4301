// SPDX-License-Identifier: Apache-2.0
#include "markup/render.hpp"

#include "markup/bare_links.hpp"
#include "markup/character_filter.hpp"
#include "markup/safe_tree.hpp"
#include "markup/table_size.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace palabre::markup {

namespace {

// A reference link repeats its target each time it is used, so a small text can ask for megabytes
// of them. Written out, no honest text has more than this.
constexpr std::size_t target_bytes_per_text_byte = 4;
constexpr std::size_t target_bytes_least = 4'000;

constexpr int options = CMARK_OPT_HARDBREAKS;

using parser_ptr = std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)>;
using node_ptr = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using c_string_ptr = std::unique_ptr<char, decltype(&std::free)>;

struct syntax {
    cmark_syntax_extension* table;
    cmark_syntax_extension* strikethrough;
    cmark_syntax_extension* bare_links;
};

const syntax& known_syntax() {
    static const syntax found = [] {
        cmark_gfm_core_extensions_ensure_registered();
        const syntax s{
            cmark_find_syntax_extension("table"),
            cmark_find_syntax_extension("strikethrough"),
            bare_links_extension(),
        };
        if (s.table == nullptr || s.strikethrough == nullptr) {
            throw std::runtime_error("cmark-gfm was built without its extensions");
        }
        return s;
    }();
    return found;
}

// While it parses spans, cmark-gfm keeps the special characters of the parser's extensions in a
// table of the whole process (SPECIAL_CHARS in its inlines.c), and while it parses blocks with
// tables it pushes an arena that is the process's too: two threads would take each other's away.
std::mutex& parser_lock() {
    static std::mutex lock;
    return lock;
}

node_ptr parse(std::string_view text) {
    const auto& extensions = known_syntax();
    const parser_ptr parser(cmark_parser_new(options), cmark_parser_free);
    if (!tables_may_explode(text)) {
        cmark_parser_attach_syntax_extension(parser.get(), extensions.table);
    }
    cmark_parser_attach_syntax_extension(parser.get(), extensions.strikethrough);
    cmark_parser_attach_syntax_extension(parser.get(), extensions.bare_links);
    const std::scoped_lock lock(parser_lock());
    cmark_parser_feed(parser.get(), text.data(), text.size());
    return {cmark_parser_finish(parser.get()), cmark_node_free};
}

// Prints with cmark's own printer, which writes no attribute of its own for links. Every '<' of the
// text, of code and of attributes is printed as "&lt;", so "<a href=" can only be the start of a
// link that the printer wrote, and may be replaced as text.
std::string print(cmark_node* document) {
    constexpr std::string_view plain = "<a href=";
    constexpr std::string_view marked = R"(<a rel="nofollow ugc noopener" href=)";
    const c_string_ptr printed(cmark_render_html(document, options, nullptr), std::free);
    std::string_view rest(printed.get());
    std::string html;
    html.reserve(rest.size());
    for (auto at = rest.find(plain); at != std::string_view::npos; at = rest.find(plain)) {
        html.append(rest.substr(0, at)).append(marked);
        rest.remove_prefix(at + plain.size());
    }
    return html.append(rest);
}

}  // namespace

std::expected<std::string, render_problem> render(std::string_view text, std::uint32_t depth_max) {
    const auto document = parse(text);
    // Words are views into the blocks they came from, and some blocks are about to be replaced.
    cmark_node_own(document.get());
    const tree_limits limits{
        .depth_max = depth_max,
        .target_bytes_max = target_bytes_least + target_bytes_per_text_byte * text.size(),
    };
    const auto safe = make_tree_safe(document.get(), limits);
    if (!safe) return std::unexpected(safe.error());
    // An entity such as "&#x202E;" can name a character that would not have been accepted as such.
    return keep_plain_characters(print(document.get()));
}

}  // namespace palabre::markup
