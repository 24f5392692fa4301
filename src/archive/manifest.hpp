// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/part.hpp"
#include "core/timestamp.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::archive {

inline constexpr std::string_view manifest_file = "manifest.json";
inline constexpr std::string_view site_file_name = "site.tar.zst";
inline constexpr std::string_view format_name = "palabre-backup";
inline constexpr std::uint64_t format_version = 1;

// Ours have some two thousand bytes. A larger one is another file.
inline constexpr std::size_t manifest_bytes_max = std::size_t{64} * 1024;

// What a backup holds. Written last: a backup without one is none.
struct manifest {
    timestamp made_at;    // before anything was read
    std::string program;  // "palabre 0.1.0"
    part comments{"comments.jsonl.zst"};
    part audit{"audit.jsonl.zst"};
    part sections{"sections.jsonl.zst"};  // closed ones
    part keys{"keys.jsonl.zst"};          // without their secrets
    part settings{"settings.toml"};
    std::optional<part> site;  // in site_file_name

    bool operator==(const manifest&) const = default;

    [[nodiscard]] std::uint64_t bytes() const noexcept;
    [[nodiscard]] std::vector<const part*> parts() const;
};

// JSON whose last member is a hash of what stands before it.
[[nodiscard]] std::string to_json(const manifest& of);

// Throws archive_error when the text is no manifest of ours, is of a newer version, or was changed.
[[nodiscard]] manifest parse_manifest(std::string_view text);

// That of the backup of this name. Throws archive_error, also when there is none; blob_error.
[[nodiscard]] manifest read_manifest(blob_store& from, const std::string& backup);

// A part of the backup of this name, to be read. Throws archive_error when it is missing.
[[nodiscard]] part_reader open_part(
    blob_store& from, const std::string& backup, const part& expected
);

}  // namespace palabre::archive
