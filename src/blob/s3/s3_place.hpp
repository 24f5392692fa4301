// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/variables.hpp"

#include <string>
#include <string_view>

namespace palabre::blob {

// Where blobs stand: keys of a bucket that begin with the prefix.
struct s3_place {
    std::string bucket;
    std::string prefix;  // "" or "backups/palabre/": ends with a slash
    bool operator==(const s3_place&) const = default;
};

// Whether a text is meant as such a place: it begins with "s3://".
[[nodiscard]] bool is_s3_url(std::string_view text) noexcept;

// Reads "s3://bucket" and "s3://bucket/some/prefix". Throws std::runtime_error with a sentence.
[[nodiscard]] s3_place parse_s3_url(std::string_view url);
[[nodiscard]] std::string to_url(const s3_place& place);

// Where and how a bucket is called. Its name stands in the host, as AWS wants it; in the path where
// AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL names another server, which seldom has a host for each
// bucket, and where the name has a dot, which no certificate of AWS covers. Throws
// std::runtime_error when no region is set or an endpoint cannot be read.
[[nodiscard]] aws::service s3_service(const std::string& bucket, const aws::variables& environment);

}  // namespace palabre::blob
