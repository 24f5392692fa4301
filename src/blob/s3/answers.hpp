// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::blob {

// What S3 says, read from XML. Pure. Those that return a value throw blob_error for an answer that
// cannot be read: an answer of S3 has no document type, and none of these is deeper than four.

struct listed_object {
    std::string key;
    std::uint64_t bytes = 0;
    std::string etag;  // with its quotes
    bool operator==(const listed_object&) const = default;
};

struct listing {
    std::vector<listed_object> objects;
    std::string next;  // asks for what follows; empty at the end
};

[[nodiscard]] listing parse_listing(std::string_view body);

// The text of the element `name` below the root.
[[nodiscard]] std::string parse_text(std::string_view body, std::string_view name);

struct told_error {
    std::string code;     // "NoSuchBucket"
    std::string message;  // for people
    std::string region;   // of the bucket, when it is another than was asked
};

// The error that an answer tells, which may come with status 200 after a copy that took long; none
// when it tells none.
[[nodiscard]] std::optional<told_error> find_error(const aws::response& of);

// For aws::service; "" when it tells none.
[[nodiscard]] std::string error_code_in(const aws::response& of);

// CRC-32 as the header x-amz-checksum-crc32 has it: base64 of four bytes, the highest first.
[[nodiscard]] std::string crc32_text(std::uint32_t crc);
// None where the text is that of a sum of sums ("…-3"), or of no sum.
[[nodiscard]] std::optional<std::uint32_t> parse_crc32(std::string_view text);

}  // namespace palabre::blob
