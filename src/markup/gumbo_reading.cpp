// SPDX-License-Identifier: Apache-2.0
#include "markup/gumbo_reading.hpp"

#include "markup/character_filter.hpp"

#include <algorithm>
#include <vector>

namespace palabre::markup {

namespace {

// Calls `see` for every node below, in document order, except inside elements that are dropped.
// Stops when it returns false.
template <class See>
void each_below(const GumboNode& top, See see) {
    std::vector<const GumboNode*> waiting{&top};
    while (!waiting.empty()) {
        const GumboNode& node = *waiting.back();
        waiting.pop_back();
        if (&node != &top && !see(node)) return;
        if (is_element(node) && is_dropped(tag_of(node))) continue;
        const auto& children = children_of(node);
        for (unsigned i = children.length; i > 0; --i) {
            waiting.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
        }
    }
}

}  // namespace

const GumboVector& children_of(const GumboNode& node) {
    static constexpr GumboVector none{nullptr, 0, 0};
    const bool holds = node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
    return holds ? node.v.element.children : none;
}

bool is_element(const GumboNode& node) noexcept {
    return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

GumboTag tag_of(const GumboNode& node) noexcept {
    return is_element(node) ? node.v.element.tag : GUMBO_TAG_UNKNOWN;
}

std::string attribute_of(const GumboNode& element, const char* name) {
    const auto* found = gumbo_get_attribute(&element.v.element.attributes, name);
    return found == nullptr ? std::string() : keep_plain_characters(found->value);
}

std::string_view text_of(const GumboNode& node) noexcept {
    switch (node.type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE:
            return node.v.text.text;
        default:
            return {};
    }
}

std::string text_below(const GumboNode& node) {
    std::string text;
    each_below(node, [&](const GumboNode& below) {
        text += tag_of(below) == GUMBO_TAG_BR ? std::string_view("\n") : text_of(below);
        return true;
    });
    return keep_plain_characters(text);
}

bool has_below(const GumboNode& node, std::initializer_list<GumboTag> tags) {
    bool found = false;
    each_below(node, [&](const GumboNode& below) {
        found = found || std::ranges::find(tags, tag_of(below)) != tags.end();
        return !found;
    });
    return found;
}

bool is_dropped(GumboTag tag) noexcept {
    switch (tag) {
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_IFRAME:
        case GUMBO_TAG_NOEMBED:
        case GUMBO_TAG_NOFRAMES:
        case GUMBO_TAG_HEAD:
        case GUMBO_TAG_TITLE:
            return true;
        default:
            return false;
    }
}

bool is_block(GumboTag tag) noexcept {
    switch (tag) {
        case GUMBO_TAG_P:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_ASIDE:
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_CENTER:
        case GUMBO_TAG_DETAILS:
        case GUMBO_TAG_SUMMARY:
        case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FIGCAPTION:
        case GUMBO_TAG_FORM:
        case GUMBO_TAG_FIELDSET:
        case GUMBO_TAG_LEGEND:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_TABLE:
        case GUMBO_TAG_CAPTION:
        case GUMBO_TAG_THEAD:
        case GUMBO_TAG_TBODY:
        case GUMBO_TAG_TFOOT:
        case GUMBO_TAG_TR:
        case GUMBO_TAG_TD:
        case GUMBO_TAG_TH:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_MENU:
        case GUMBO_TAG_BLOCKQUOTE:
            return true;
        default:
            return false;
    }
}

}  // namespace palabre::markup
