// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"
#include "ports/blob_store.hpp"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::archive {

// An export is not what it should be. what() is a clause that names the file, and the line.
class export_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline constexpr std::string_view export_summary_file = "manifest-summary.json";
inline constexpr std::string_view export_files_file = "manifest-files.json";

// DynamoDB's have about a thousand bytes.
inline constexpr std::size_t export_summary_bytes_max = std::size_t{64} * 1024;
// One line of about 250 bytes for each partition: of a table of 600 GB.
inline constexpr std::size_t export_files_bytes_max = std::size_t{16} * 1024 * 1024;

// One file of items.
struct export_file {
    std::string name;  // below the export: "data/xygt7i2gje4w7jtdw5652s43pa.json.gz"
    std::uint64_t items = 0;
    std::string md5;   // 16 bytes, of the file as it is stored
    std::string etag;  // as S3 gave it, without quotes; empty when it is not told
    bool operator==(const export_file&) const = default;
};

// What DynamoDB says of an export of a table to S3, in DYNAMODB_JSON, as the page "DynamoDB table
// export output format" of its developer guide has it.
struct export_manifest {
    timestamp at;  // the moment that the export shows
    std::string table_arn;
    std::uint64_t items = 0;
    std::vector<export_file> files;
    bool operator==(const export_manifest&) const = default;
};

// Whether an export stands below this name ("…/AWSDynamoDB/01693685827463-2d8752fd"). Throws
// blob_error.
[[nodiscard]] bool is_export(blob_store& in, const std::string& name);

// Its manifests, held to their sums and to each other. Throws export_error and blob_error.
[[nodiscard]] export_manifest read_export_manifest(blob_store& in, const std::string& name);

}  // namespace palabre::archive
