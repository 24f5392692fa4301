// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::config {

// What the text of a setting may be, and what to tell who wrote another.

[[nodiscard]] bool is_endpoint(std::string_view text);
[[nodiscard]] bool is_endpoint_or_off(std::string_view text);
// What becomes part of a header must not end it.
[[nodiscard]] bool is_one_line(std::string_view text);
[[nodiscard]] bool is_path(std::string_view text);
[[nodiscard]] bool is_named_path(std::string_view text);
// A path, or a place in S3 that is named as one.
[[nodiscard]] bool is_backup_place(std::string_view text);
[[nodiscard]] bool is_in_s3(std::string_view text);
// As browsers send it: scheme, host and port, in lower case, nothing after.
[[nodiscard]] bool is_origin(std::string_view text);
// As core/section_pattern.hpp has it.
[[nodiscard]] bool is_section_pattern(std::string_view text);
[[nodiscard]] bool is_word(std::string_view text);
[[nodiscard]] bool is_network(std::string_view text);
[[nodiscard]] bool is_forwarded_header(std::string_view text);
[[nodiscard]] bool is_store_kind(std::string_view text);
// "Naming rules" of DynamoDB (docs.aws.amazon.com/amazondynamodb/latest/developerguide).
[[nodiscard]] bool is_table_name(std::string_view text);

inline constexpr std::string_view an_endpoint =
    "write an address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"";
inline constexpr std::string_view an_origin =
    "write scheme and host as browsers send them, such as \"https://blog.example\", without a path";
inline constexpr std::string_view a_section_pattern =
    "write the id of a section, or how ids begin and '*', such as \"/blog/*\"";
inline constexpr std::string_view a_word = "write a word or words in one line";
inline constexpr std::string_view a_table_name = "write 3 to 255 letters, digits, '_', '-' and '.'";
inline constexpr std::string_view a_path = "write a path";
inline constexpr std::string_view a_backup_place =
    "write a path, or \"s3://bucket/prefix\" of lower-case letters, digits, \"-\" and \".\" in the "
    "bucket's name";
inline constexpr std::string_view a_network =
    "write an address, or a range that begins with its first address, such as \"127.0.0.1\", "
    "\"10.0.0.0/8\" or \"2001:db8::/32\"";

}  // namespace palabre::config
