// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palabre::site {

// Files and folders: more than sites have; a folder given by mistake ("/") stops here.
inline constexpr std::size_t files_max = 100'000;

// Deeper folders mean a link that leads back on itself in some way.
inline constexpr std::size_t folder_depth_max = 64;

// What changes whenever a file does.
struct file_stamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    std::int64_t changed_ns = 0;  // catches writers that set the modification time back
    auto operator<=>(const file_stamp&) const = default;
};

struct found_file {
    std::string path;            // as a site names it: "/notes/index.html"
    std::filesystem::path file;  // where it is, without symbolic links
    file_stamp stamp;
    bool operator==(const found_file&) const = default;
};

struct tree {
    std::vector<found_file> files;      // by path
    std::vector<std::string> left_out;  // one sentence for each entry that will not be served
};

// Lists what a site may show of a folder. Left out without a word: names that begin with a dot,
// but for /.well-known. Left out with a word: symbolic links that lead outside the folder, or back
// to a folder they stand in; what is neither file nor folder; names that no URL can spell.
// Throws std::filesystem::filesystem_error when the folder cannot be read, and std::runtime_error
// above files_max.
[[nodiscard]] tree list_tree(const std::filesystem::path& folder);

// The stamp of an open file. Throws std::system_error.
[[nodiscard]] file_stamp stamp_of(int descriptor);

}  // namespace palabre::site
