// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/export_backup.hpp"
#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::function {

// Copies what the bucket of the site holds, and the backups do not yet: within S3, each version of
// a file once, whatever the number of backups that hold it.
class site_copier {
public:
    using clock = blob::bucket::clock;

    // A copy within S3 takes less, but for files of gigabytes, which are copied in parts.
    static constexpr std::chrono::seconds least_time{5};

    // When so many in a row cannot be copied, the next ones cannot either.
    static constexpr std::uint64_t failures_max = 3;

    struct place {
        blob::bucket& in;
        std::string prefix;  // of keys; "" or ends with a slash
    };
    struct outcome {
        std::vector<archive::listed_site_file> files;  // what the site holds, by path
        std::uint64_t copied = 0;                      // by this call
        bool complete = false;                         // all of them are among the backups
    };

    // Both outlive this. `tell` hears of each file that cannot be copied.
    site_copier(place site, place backups, std::function<void(std::string_view)> tell);

    // Begins no copy with less than least_time left before `end`. Throws blob_error when one of the
    // buckets cannot be listed, and archive::archive_error when there are too many files.
    [[nodiscard]] outcome copy_until(clock::time_point end);

private:
    [[nodiscard]] std::vector<blob::listed_object> list(const place& of, const std::string& below);
    [[nodiscard]] bool copy(const blob::listed_object& from, const std::string& to);

    const place site_;
    const place backups_;
    const std::function<void(std::string_view)> tell_;
};

}  // namespace palabre::function
