// SPDX-License-Identifier: Apache-2.0
#include "markup/safe_tree.hpp"

#include "core/text.hpp"
#include "markup/character_filter.hpp"
#include "markup/link_target.hpp"

#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::markup {

namespace {

// The longest names of programming languages in use have about twenty letters.
constexpr std::size_t language_bytes_max = 30;

enum class change {
    html_block_to_code,
    html_span_to_text,
    heading_to_paragraph,
    image_to_link,
    name_empty_link,        // shows the target as the link's words
    unwrap,                 // keeps the children only
    unwrap_angle_brackets,  // the same for "<std::string>", which reads as a link to "std:"
    check_language,
};

struct planned_change {
    cmark_node* node;
    change what;
};

using iterator = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;

std::string_view text_of(const char* c_string) {
    return c_string == nullptr ? std::string_view() : std::string_view(c_string);
}

cmark_node* make_text(const std::string& words) {
    auto* text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, words.c_str());
    return text;
}

void move_children(cmark_node* from, cmark_node* to) {
    while (auto* child = cmark_node_first_child(from)) {
        cmark_node_unlink(child);
        cmark_node_append_child(to, child);
    }
}

void replace(cmark_node* old_node, cmark_node* new_node) {
    cmark_node_replace(old_node, new_node);
    cmark_node_free(old_node);
}

void unwrap(cmark_node* node) {
    while (auto* child = cmark_node_first_child(node)) {
        cmark_node_unlink(child);
        cmark_node_insert_before(node, child);
    }
    cmark_node_unlink(node);
    cmark_node_free(node);
}

void html_block_to_code(cmark_node* block) {
    auto* code = cmark_node_new(CMARK_NODE_CODE_BLOCK);
    cmark_node_set_literal(code, cmark_node_get_literal(block));
    replace(block, code);
}

// A tag may run over several lines, and a line break of the source is one on the page.
void html_span_to_text(cmark_node* span) {
    const std::string html(text_of(cmark_node_get_literal(span)));
    std::string_view rest = html;
    while (true) {
        const auto end = rest.find('\n');
        cmark_node_insert_before(span, make_text(std::string(rest.substr(0, end))));
        if (end == std::string_view::npos) break;
        cmark_node_insert_before(span, cmark_node_new(CMARK_NODE_SOFTBREAK));
        rest.remove_prefix(end + 1);
    }
    cmark_node_unlink(span);
    cmark_node_free(span);
}

void heading_to_paragraph(cmark_node* heading) {
    auto* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    auto* strong = cmark_node_new(CMARK_NODE_STRONG);
    cmark_node_append_child(paragraph, strong);
    move_children(heading, strong);
    replace(heading, paragraph);
}

void image_to_link(cmark_node* image) {
    auto* link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, cmark_node_get_url(image));
    cmark_node_set_title(link, cmark_node_get_title(image));
    move_children(image, link);
    replace(image, link);
}

void unwrap_angle_brackets(cmark_node* link) {
    cmark_node_prepend_child(link, make_text("<"));
    cmark_node_append_child(link, make_text(">"));
    unwrap(link);
}

// The name becomes part of a class, so it is held to what names of languages are made of.
void check_language(cmark_node* code) {
    const auto info = text_of(cmark_node_get_fence_info(code));
    const auto name = info.substr(0, info.find_first_of(" \t"));
    const auto is_fine = [](char c) {
        return is_ascii_alphanumeric(static_cast<unsigned char>(c)) ||
               std::string_view("+-#._").find(c) != std::string_view::npos;
    };
    const bool fine = name.size() <= language_bytes_max && std::ranges::all_of(name, is_fine);
    cmark_node_set_fence_info(code, fine ? std::string(name).c_str() : "");
}

void apply(const planned_change& planned) {
    switch (planned.what) {
        case change::html_block_to_code:
            return html_block_to_code(planned.node);
        case change::html_span_to_text:
            return html_span_to_text(planned.node);
        case change::heading_to_paragraph:
            return heading_to_paragraph(planned.node);
        case change::image_to_link:
            return image_to_link(planned.node);
        case change::name_empty_link:
            cmark_node_append_child(
                planned.node, make_text(std::string(text_of(cmark_node_get_url(planned.node))))
            );
            return;
        case change::unwrap:
            return unwrap(planned.node);
        case change::unwrap_angle_brackets:
            return unwrap_angle_brackets(planned.node);
        case change::check_language:
            return check_language(planned.node);
    }
}

// cmark tells "<std::string>" and "[std::string](std::string)" apart by position only: the words of
// the first end one character before the link does.
bool is_in_angle_brackets(cmark_node* link) {
    auto* words = cmark_node_first_child(link);
    return words != nullptr && cmark_node_get_type(words) == CMARK_NODE_TEXT &&
           cmark_node_next(words) == nullptr &&
           text_of(cmark_node_get_literal(words)) == text_of(cmark_node_get_url(link)) &&
           text_of(cmark_node_get_title(link)).empty() &&
           cmark_node_get_end_column(link) == cmark_node_get_end_column(words) + 1;
}

// Walks the tree once and notes what has to change. Nothing is changed while cmark iterates.
class planner {
public:
    explicit planner(const tree_limits& limits)
        : depth_max_(limits.depth_max), target_bytes_left_(limits.target_bytes_max) {}

    std::expected<void, render_problem> walk(cmark_node* document) {
        const iterator events(cmark_iter_new(document), cmark_iter_free);
        while (true) {
            const auto event = cmark_iter_next(events.get());
            if (event == CMARK_EVENT_DONE) return {};
            auto* node = cmark_iter_get_node(events.get());
            event == CMARK_EVENT_ENTER ? enter(node) : leave(node);
            if (depth_ > depth_max_) return std::unexpected(render_problem::too_deep);
        }
    }

    const std::vector<planned_change>& changes() const { return changes_; }

private:
    enum class label { empty, seen };

    // A link or image whose end was not reached yet.
    struct open_link {
        label words = label::empty;
        bool kept = false;
    };

    static bool nests(cmark_node* node) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_BLOCK_QUOTE:
            case CMARK_NODE_ITEM:
            case CMARK_NODE_EMPH:
            case CMARK_NODE_STRONG:
            case CMARK_NODE_LINK:
            case CMARK_NODE_IMAGE:
                return true;
            default:
                // Compared by name: the number of an extension's node is known at run time only.
                return text_of(cmark_node_get_type_string(node)) == "strikethrough";
        }
    }

    void enter(cmark_node* node) {
        if (nests(node)) ++depth_;
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_HTML_BLOCK:
                return plan(node, change::html_block_to_code);
            case CMARK_NODE_CODE_BLOCK:
                return plan(node, change::check_language);
            case CMARK_NODE_HEADING:
                inside_heading_ = true;
                return;
            case CMARK_NODE_HTML_INLINE:
                plan(node, change::html_span_to_text);
                return note(node);
            case CMARK_NODE_TEXT:
            case CMARK_NODE_CODE:
                return note(node);
            case CMARK_NODE_LINK:
            case CMARK_NODE_IMAGE:
                return open(node);
            default:
                return;
        }
    }

    void leave(cmark_node* node) {
        if (nests(node)) --depth_;
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_HEADING:
                inside_heading_ = false;
                return plan(node, change::heading_to_paragraph);
            case CMARK_NODE_STRONG:
                if (inside_heading_) plan(node, change::unwrap);
                return;
            case CMARK_NODE_LINK:
            case CMARK_NODE_IMAGE:
                return close(node);
            default:
                return;
        }
    }

    void note(cmark_node* leaf) {
        if (links_.empty()) return;
        // Code has a background, so even a space in it is seen.
        const bool seen = cmark_node_get_type(leaf) == CMARK_NODE_CODE ||
                          !is_invisible(text_of(cmark_node_get_literal(leaf)));
        if (seen) links_.back().words = label::seen;
    }

    void open(cmark_node* node) {
        const auto target = text_of(cmark_node_get_url(node));
        const auto bytes = target.size() + text_of(cmark_node_get_title(node)).size();
        const bool inside_kept =
            std::ranges::any_of(links_, [](const open_link& outer) { return outer.kept; });
        const bool keep = !inside_kept && is_allowed_target(target) && bytes <= target_bytes_left_;
        if (keep) target_bytes_left_ -= bytes;
        links_.push_back({label::empty, keep});
    }

    void close(cmark_node* node) {
        const auto link = links_.back();
        links_.pop_back();
        const bool is_image = cmark_node_get_type(node) == CMARK_NODE_IMAGE;
        if (link.words == label::empty) plan(node, change::name_empty_link);
        if (!links_.empty()) links_.back().words = label::seen;
        if (link.kept) {
            if (is_image) plan(node, change::image_to_link);
        } else {
            const bool angled = !is_image && is_in_angle_brackets(node);
            plan(node, angled ? change::unwrap_angle_brackets : change::unwrap);
        }
    }

    void plan(cmark_node* node, change what) { changes_.push_back({node, what}); }

    std::uint32_t depth_ = 0;
    std::uint32_t depth_max_;
    std::size_t target_bytes_left_;
    bool inside_heading_ = false;
    std::vector<open_link> links_;
    std::vector<planned_change> changes_;
};

}  // namespace

std::expected<void, render_problem> make_tree_safe(
    cmark_node* document, const tree_limits& limits
) {
    planner plan(limits);
    const auto walked = plan.walk(document);
    if (!walked) return walked;
    for (const auto& planned : plan.changes())
        apply(planned);
    return {};
}

}  // namespace palabre::markup
