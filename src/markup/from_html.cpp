// SPDX-License-Identifier: Apache-2.0
#include "markup/from_html.hpp"

#include "markup/character_filter.hpp"
#include "markup/html_walker.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>

namespace palabre::markup {

namespace {

struct gumbo_deleter {
    void operator()(GumboOutput* output) const {
        gumbo_destroy_output(&kGumboDefaultOptions, output);
    }
};

bool starts_tag(std::string_view html, std::size_t at) {
    return html[at] == '<' && at + 1 < html.size() &&
           is_ascii_letter(static_cast<unsigned char>(html[at + 1]));
}

int count_elements(std::string_view html) {
    int count = 0;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (starts_tag(html, i)) ++count;
    }
    return count;
}

// The text of markup that is too much to parse: every tag becomes a space.
std::string without_tags(std::string_view html) {
    std::string text;
    for (std::size_t i = 0; i < html.size(); ++i) {
        const bool tag = starts_tag(html, i) || html.substr(i, 2) == "</";
        if (tag) i = std::min(html.find('>', i), html.size());
        text += tag ? ' ' : html[i];
    }
    return text;
}

}  // namespace

std::string from_html(std::string_view html, newlines meaning) {
    const std::string flattened =
        count_elements(html) > elements_max ? without_tags(html) : std::string();
    const auto source = flattened.empty() ? html : std::string_view(flattened);
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    options.max_errors = 0;
    const std::unique_ptr<GumboOutput, gumbo_deleter> parsed(
        gumbo_parse_with_options(&options, source.data(), source.size())
    );
    return html_walker(meaning).walk(*parsed->root);
}

}  // namespace palabre::markup
