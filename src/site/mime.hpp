// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::site {

enum class shrinks { no, yes };

struct media_type {
    std::string_view content_type;          // with a charset where browsers would guess one
    shrinks when_compressed = shrinks::no;  // photos, films and archives are compressed already
};

// By the extension of a file's name, in whatever case. application/octet-stream for unknown ones,
// which with `nosniff` makes a browser save the file and never run it.
[[nodiscard]] media_type media_type_of(std::string_view file_name) noexcept;

// True for names that carry a hash of their content, such as "app.3f9c2a71.js": what is served
// under such a name never changes.
[[nodiscard]] bool is_fingerprinted(std::string_view file_name) noexcept;

}  // namespace palabre::site
