// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_place.hpp"
#include "blob/s3/s3_store.hpp"
#include "home/cloud/cloud.hpp"

namespace palabre::machine {

// A place in S3, with all that it stands on: region, endpoint and credentials are those that the
// AWS variables and files of this user name.
class s3_home {
public:
    // Asks S3 nothing yet. Throws std::runtime_error with a
    // sentence when a variable is missing or cannot be read.
    s3_home(const blob::s3_place& place, aws::variables environment);
    s3_home(const s3_home&) = delete;
    s3_home& operator=(const s3_home&) = delete;

    [[nodiscard]] blob::s3_store& store() noexcept { return store_; }

private:
    home::cloud access_;
    aws::client client_;
    blob::bucket bucket_;
    blob::s3_store store_;
};

}  // namespace palabre::machine
