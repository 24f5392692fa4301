// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Reads rendered HTML the way a browser does, and says what should not be there. It knows nothing
// of how the renderer works. Used by the tests and by the fuzz targets.
namespace palabre::markup::check {

struct gumbo_deleter {
    void operator()(GumboOutput* output) const {
        gumbo_destroy_output(&kGumboDefaultOptions, output);
    }
};

inline std::unique_ptr<GumboOutput, gumbo_deleter> parse(std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    return std::unique_ptr<GumboOutput, gumbo_deleter>(
        gumbo_parse_with_options(&options, html.data(), html.size())
    );
}

inline bool has_prefix(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

inline bool is_one_of(std::string_view text, std::initializer_list<std::string_view> set) {
    return std::ranges::find(set, text) != set.end();
}

inline bool is_allowed_element(std::string_view tag) {
    return is_one_of(
        tag,
        {"p",
         "br",
         "em",
         "strong",
         "del",
         "code",
         "pre",
         "blockquote",
         "ul",
         "ol",
         "li",
         "hr",
         "a",
         "table",
         "thead",
         "tbody",
         "tr",
         "th",
         "td"}
    );
}

// Written apart from the renderer's own rule: the scheme as a browser finds it, after it dropped
// what browsers drop.
inline bool is_allowed_href(std::string_view href) {
    std::string seen;
    for (const char c : href) {
        if (static_cast<unsigned char>(c) > 0x20) {
            seen += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    if (has_prefix(seen, "//") || has_prefix(seen, "/\\")) return false;
    return has_prefix(seen, "http://") || has_prefix(seen, "https://") ||
           has_prefix(seen, "mailto:") || has_prefix(seen, "/") || has_prefix(seen, "#");
}

inline bool is_language_class(std::string_view value) {
    return has_prefix(value, "language-") && value.find_first_of(" \t\n\f\r\"'<>") == value.npos;
}

inline bool is_allowed_attribute(
    std::string_view tag, std::string_view name, std::string_view value
) {
    if (tag == "a" && name == "href") return is_allowed_href(value);
    if (tag == "a" && name == "rel") return value == "nofollow ugc noopener";
    if (tag == "a" && name == "title") return true;
    if (tag == "ol" && name == "start") return value.find_first_not_of("0123456789") == value.npos;
    if ((tag == "th" || tag == "td") && name == "align") {
        return is_one_of(value, {"left", "center", "right"});
    }
    return tag == "code" && name == "class" && is_language_class(value);
}

inline std::string problem_of(const GumboElement& element) {
    const std::string tag = gumbo_normalized_tagname(element.tag);
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return "foreign element";
    if (!is_allowed_element(tag)) return "element <" + tag + ">";
    bool has_rel = false;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto& a = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
        if (!is_allowed_attribute(tag, a.name, a.value)) {
            return "attribute " + tag + "[" + a.name + "=\"" + a.value + "\"]";
        }
        has_rel = has_rel || std::string_view(a.name) == "rel";
    }
    return tag == "a" && !has_rel ? "link without rel" : "";
}

// Calls `see` for each node below the fragment's root, in document order.
template <class See>
void each_node(const GumboOutput& parsed, See see) {
    std::vector<const GumboNode*> waiting{parsed.root};
    while (!waiting.empty()) {
        const auto& node = *waiting.back();
        waiting.pop_back();
        if (&node != parsed.root) see(node);
        if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) continue;
        const auto& children = node.v.element.children;
        for (unsigned i = children.length; i > 0; --i) {
            waiting.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
        }
    }
}

// The first element or attribute that a comment may not hold; empty when there is none.
inline std::string first_problem(std::string_view html) {
    std::string problem;
    const auto parsed = parse(html);
    each_node(*parsed, [&](const GumboNode& node) {
        if (!problem.empty()) return;
        if (node.type == GUMBO_NODE_COMMENT) problem = "comment";
        if (node.type == GUMBO_NODE_CDATA) problem = "cdata";
        if (node.type == GUMBO_NODE_TEMPLATE) problem = "template";
        if (node.type == GUMBO_NODE_ELEMENT) problem = problem_of(node.v.element);
    });
    return problem;
}

inline std::string text_of(std::string_view html) {
    std::string text;
    const auto parsed = parse(html);
    each_node(*parsed, [&](const GumboNode& node) {
        if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) {
            text += node.v.text.text;
        }
    });
    return text;
}

}  // namespace palabre::markup::check
