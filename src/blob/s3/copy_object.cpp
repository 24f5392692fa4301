// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/copy_object.hpp"

#include "blob/s3/upload.hpp"

#include <algorithm>

namespace palabre::blob {

void copy_object(
    bucket& to,
    const std::string& to_key,
    const std::string& from_bucket,
    const listed_object& from,
    const s3_limits& limits
) {
    if (from.bytes <= limits.copy_bytes_max) {
        return to.copy(from_bucket, from.key, from.etag, to_key);
    }
    upload parts(to, to_key);
    const object_facts of{from.bytes, from.etag, {}};
    for (std::uint64_t at = 0; at < from.bytes; at += limits.copy_part_bytes) {
        const auto size = std::min(limits.copy_part_bytes, from.bytes - at);
        parts.add_copy(from_bucket, from.key, of, at, size);
    }
    parts.complete(std::nullopt);
}

}  // namespace palabre::blob
