// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_place.hpp"
#include "ports/blob_store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace palabre::blob {

// Numbers of S3, and ours within them. Tests have smaller ones.
struct s3_limits {
    // An object no longer than this is written in one request, a longer one in parts of this size.
    // S3 takes no part below 5 MiB but the last; a part is three times in memory while it is sent.
    std::size_t part_bytes = std::size_t{8} * 1024 * 1024;
    std::size_t parts_max = 10'000;  // of S3; so 80 GiB are the most
    // What a reader holds. Large, because each costs a round trip; below what a connection takes.
    std::size_t piece_bytes = std::size_t{4} * 1024 * 1024;
    std::uint64_t copy_bytes_max = std::uint64_t{5} * 1024 * 1024 * 1024;  // of S3, for one copy
    std::uint64_t copy_part_bytes = std::uint64_t{512} * 1024 * 1024;      // within a call's time
    std::size_t page_keys = 1000;                                          // the most that S3 gives
};

// Blobs as objects of an S3 bucket, whose keys begin with a prefix. A blob is checked by CRC-32 on
// its way there, and on its way back where the server keeps the sum. Keys that are no names of
// blobs are neither listed nor touched. There is no renaming: move() copies and removes, and when
// it is interrupted, what is left in the old place goes with the next remove() there.
class s3_store final : public blob_store {
public:
    // `in` outlives the store, and its writers and readers.
    s3_store(bucket& in, std::string prefix, const s3_limits& limits = {});

    [[nodiscard]] std::unique_ptr<blob_writer> put(std::string_view name) override;
    [[nodiscard]] std::unique_ptr<blob_reader> get(std::string_view name) override;
    [[nodiscard]] std::vector<blob_entry> list(std::string_view prefix) override;
    void move(std::string_view from, std::string_view to, std::string_view last) override;
    void remove(std::string_view name, std::string_view first) override;

private:
    [[nodiscard]] std::string key_of(std::string_view name) const;
    [[nodiscard]] std::vector<listed_object> objects_with(const std::string& key_prefix);

    bucket& in_;
    const std::string prefix_;
    const s3_limits limits_;
};

}  // namespace palabre::blob
