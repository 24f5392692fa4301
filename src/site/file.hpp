// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/response.hpp"
#include "site/tree.hpp"

#include <memory>
#include <string>

namespace palabre::site {

// Opens a file for reading if it is the very one that was found: the same device and inode, so
// that nobody can slip in a link elsewhere between finding and opening. Throws std::system_error.
[[nodiscard]] std::shared_ptr<const http::open_file> open_found(const found_file& found);

// The same, if it did not change either since it was found.
[[nodiscard]] std::shared_ptr<const http::open_file> open_unchanged(const found_file& found);

// The content, at most `size_expected` bytes. Throws std::system_error.
[[nodiscard]] std::string read_whole(const http::open_file& file, std::uint64_t size_expected);

}  // namespace palabre::site
