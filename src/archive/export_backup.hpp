// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/archive_error.hpp"
#include "core/timestamp.hpp"
#include "ports/blob_store.hpp"
#include "util/sha256.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::archive {

// A backup that the function `backup` makes in S3: an export by DynamoDB, and what the bucket of
// the site held. It stands beside ours, below the name of a time, and has a manifest of its own
// format in the place of theirs.

inline constexpr std::string_view export_backup_format = "palabre-export-backup";
inline constexpr std::string_view site_list_file = "site.jsonl";
// Below the place of the backups, and shared by all of them: a file that has not changed is kept
// once.
inline constexpr std::string_view site_files_folder = "site-files";

// A list of as many files as a site may have (site.hpp), with long names.
inline constexpr std::size_t site_list_bytes_max = std::size_t{64} * 1024 * 1024;

// One file of the site, as it was in its bucket.
struct listed_site_file {
    std::string path;
    std::uint64_t bytes = 0;
    std::string etag;  // with its quotes
    bool operator==(const listed_site_file&) const = default;
};

// The list of them, as it stands in site_list_file.
struct site_list {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  // of the list
    util::sha256_digest hash{};
    bool operator==(const site_list&) const = default;
};

struct export_backup {
    timestamp made_at;  // the moment that the export shows
    std::string program;
    std::string folder;  // "AWSDynamoDB/01693685827463-2d8752fd", below the backup
    std::string table;   // its ARN
    std::uint64_t items = 0;
    std::uint64_t files = 0;
    util::sha256_digest summary_hash{};  // of the two manifests of DynamoDB, which say all the rest
    util::sha256_digest files_hash{};
    std::optional<site_list> site;

    bool operator==(const export_backup&) const = default;
};

[[nodiscard]] std::string to_json(const export_backup& of);
// Throws archive_error.
[[nodiscard]] export_backup parse_export_backup(std::string_view text);

// That of the backup of this name; none when its manifest is one of ours, or is missing. Throws
// archive_error and blob_error.
[[nodiscard]] std::optional<export_backup> find_export_backup(
    blob_store& from, const std::string& backup
);

void append_line(std::string& to, const listed_site_file& each);
// All lines. Throws archive_error that names the line.
[[nodiscard]] std::vector<listed_site_file> parse_site_list(std::string_view text);

// What a file of the site is called below the place of the backups: two that differ in path, size
// or ETag never share a name.
[[nodiscard]] std::string blob_name_of(const listed_site_file& each);

}  // namespace palabre::archive
