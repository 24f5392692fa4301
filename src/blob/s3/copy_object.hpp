// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_store.hpp"

#include <string>

namespace palabre::blob {

// Copies within S3, from a bucket that may be another: in one request, or in parts where the object
// is longer than one may copy. Throws blob_error, also when the source is not what it was.
void copy_object(
    bucket& to,
    const std::string& to_key,
    const std::string& from_bucket,
    const listed_object& from,
    const s3_limits& limits
);

}  // namespace palabre::blob
