// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob/s3/bucket.hpp"

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace palabre::blob {

// An object that is written in parts. Given up when it goes without complete(): what was sent
// would be paid for as long as it stays.
class upload {
public:
    // Begins it. Every member throws blob_error.
    upload(bucket& to, std::string key)
        : to_(to), key_(std::move(key)), id_(to_.begin_upload(key_)) {}
    upload(const upload&) = delete;
    upload& operator=(const upload&) = delete;
    ~upload() {
        if (done_) return;
        try {
            to_.abort_upload(key_, id_);
        } catch (const std::exception&) {
            // Nobody sees the parts; a rule of the bucket removes what is never completed.
            return;
        }
    }

    void add(std::string bytes, std::uint32_t crc) {
        parts_.push_back(to_.put_part(key_, id_, parts_.size() + 1, std::move(bytes), crc));
    }
    void add_copy(
        const std::string& from_bucket,
        const std::string& from_key,
        const object_facts& of,
        std::uint64_t from,
        std::uint64_t size
    ) {
        parts_.push_back(
            to_.copy_part(key_, id_, parts_.size() + 1, from_bucket, from_key, of, from, size)
        );
    }
    void complete(std::optional<std::uint32_t> crc) {
        to_.complete_upload(key_, id_, parts_, crc);
        done_ = true;
    }

    [[nodiscard]] std::size_t parts() const noexcept { return parts_.size(); }

private:
    bucket& to_;
    const std::string key_;
    const std::string id_;
    std::vector<finished_part> parts_;
    bool done_ = false;
};

}  // namespace palabre::blob
