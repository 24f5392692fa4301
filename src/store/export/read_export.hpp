// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/dynamodb_export.hpp"
#include "ports/record_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace palabre::store {

using archive::export_error;
using archive::export_file;
using archive::export_files_file;
using archive::export_manifest;

// An item has at most 400 kB; each byte of it takes at most six when it is escaped.
inline constexpr std::size_t export_line_bytes_max = std::size_t{3} * 1024 * 1024;

// How many records there were.
struct export_counts {
    std::uint64_t comments = 0;
    std::uint64_t entries = 0;  // of the audit
    std::uint64_t keys = 0;
    std::uint64_t closed_sections = 0;
};

// Gives all records of the export of one of our tables (docs/formats/dynamodb.md) to `to`, in its
// order; it is for the caller to finish() it. Everything is read and checked before the first is
// given: sums, counts, every item. `work_file` must not be there; it takes the size of all items
// and is gone afterwards. Throws export_error naming file and line, blob_error, store_error, and
// whatever `to` throws.
export_counts read_export(
    blob_store& from,
    const std::string& name,
    const export_manifest& of,
    const std::filesystem::path& work_file,
    record_sink& to
);

}  // namespace palabre::store
