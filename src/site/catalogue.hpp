// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/mime.hpp"
#include "site/tree.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace palabre::site {

// A file up to this size is kept in memory: pages, styles, scripts and most pictures.
inline constexpr std::uint64_t small_file_bytes_max = 1024 * 1024;

// Text may be larger, so that the index of a search or a long feed is sent compressed too.
inline constexpr std::uint64_t compressible_file_bytes_max = 8 * 1024 * 1024;

// All files in memory together, smallest first, without their compressed forms. The rest is read
// from the disk, where the system's own cache does the same for it.
inline constexpr std::uint64_t memory_bytes_max = 64 * 1024 * 1024;

// Bytes in memory, with the strong ETag (and its quotes) that names exactly them.
struct held_bytes {
    std::string etag;
    std::shared_ptr<const std::string> bytes;
};

// A file of the site. Immutable: a change on the disk makes another.
struct asset {
    found_file from;
    std::optional<file_stamp> gzip_sibling;  // of "x.gz" and "x.br" beside "x"
    std::optional<file_stamp> brotli_sibling;

    media_type type;
    std::string_view cache_control;
    std::string last_modified;
    std::int64_t modified_at_s = 0;

    std::string etag;
    std::shared_ptr<const std::string> bytes;  // null for what is read from the disk
    std::optional<held_bytes> gzip;
    std::optional<held_bytes> brotli;

    bool compression_tried = false;

    [[nodiscard]] std::uint64_t size() const noexcept {
        return bytes ? bytes->size() : from.stamp.size;
    }
    // It would shrink, and nobody has tried yet.
    [[nodiscard]] bool awaits_compression() const noexcept {
        return bytes && type.when_compressed == shrinks::yes && !compression_tried;
    }
};

// Everything that the site shows at one moment. Immutable once built.
struct catalogue {
    struct path_hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    template <class value>
    using by_path = std::unordered_map<std::string, value, path_hash, std::equal_to<>>;

    by_path<std::shared_ptr<const asset>> assets;  // also "/x/" for "/x/index.html"
    std::vector<std::string> left_out;
    std::vector<found_file> files;  // as they were when the catalogue was built
    std::uint64_t memory_bytes = 0;

    [[nodiscard]] std::shared_ptr<const asset> find(std::string_view path) const;
    // True for "/x" when there is "/x/index.html".
    [[nodiscard]] bool is_folder(std::string_view path) const;
};

// Reads the files of a tree. What did not change since `previous` (may be null) is shared with it.
// Files that cannot be opened are left out with a word. Does not compress, but takes siblings
// "x.gz" and "x.br" that unpack to exactly "x".
[[nodiscard]] catalogue build_catalogue(tree found, const catalogue* previous);

// The same asset with its compressed forms, where they are smaller. May take a second.
[[nodiscard]] std::shared_ptr<const asset> compress(const asset& plain);

}  // namespace palabre::site
