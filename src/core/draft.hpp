// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "core/limits.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

// What somebody wants to post, before any rule was applied. A field is absent when the request had
// none or one of the wrong type; `wrong_types` names the latter.
struct raw_draft {
    std::optional<std::string> section_id;
    std::optional<std::string> author;
    std::optional<std::string> text;
    std::optional<std::string> parent_id;
    std::optional<std::string> website;
    std::vector<field> wrong_types;
};

// A draft that keeps every rule of core. Only check_draft makes one.
struct draft {
    std::string section;
    std::string author;  // without white space at its ends
    std::string text;    // exactly as sent
    std::optional<comment_id> parent;
    std::optional<std::string> website;  // absolute http or https URL
};

// errc::invalid_fields with every bad field at once.
[[nodiscard]] result<draft> check_draft(const raw_draft& raw, const limits& allowed);

// The first rule that a comment's text breaks: present, short enough, clean, visible.
[[nodiscard]] std::optional<field_error> check_text(
    const std::optional<std::string>& text, const limits& allowed
);

// True for an absolute http or https URL with a host and without user name or password.
[[nodiscard]] bool is_website(std::string_view url);

}  // namespace palabre
