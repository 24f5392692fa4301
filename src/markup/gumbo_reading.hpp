// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gumbo.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace palabre::markup {

// Children of an element; none for other nodes.
[[nodiscard]] const GumboVector& children_of(const GumboNode& node);

[[nodiscard]] bool is_element(const GumboNode& node) noexcept;

// GUMBO_TAG_UNKNOWN for what is not an HTML element.
[[nodiscard]] GumboTag tag_of(const GumboNode& node) noexcept;

// The value of an attribute as plain characters; empty when it is absent.
[[nodiscard]] std::string attribute_of(const GumboNode& element, const char* name);

// All text below a node as plain characters, <br> as a line feed. Does not recurse.
[[nodiscard]] std::string text_below(const GumboNode& node);

// Whether any element below the node has one of the tags. Does not recurse.
[[nodiscard]] bool has_below(const GumboNode& node, std::initializer_list<GumboTag> tags);

// The text of a text, CDATA or white-space node; empty for others.
[[nodiscard]] std::string_view text_of(const GumboNode& node) noexcept;

// Elements of which nothing is kept.
[[nodiscard]] bool is_dropped(GumboTag tag) noexcept;

// Elements that begin and end a paragraph.
[[nodiscard]] bool is_block(GumboTag tag) noexcept;

}  // namespace palabre::markup
