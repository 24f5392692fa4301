// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/credential_source.hpp"
#include "aws/trust.hpp"
#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_place.hpp"
#include "blob/s3/s3_store.hpp"
#include "system/system_clock.hpp"

namespace palabre::machine {

// The variables of this process.
[[nodiscard]] aws::variables process_variables();

// How time passes for clients of AWS in this program.
[[nodiscard]] aws::client::world usual_world();

// A place in S3, with all that it stands on: region, endpoint and credentials are those that the
// AWS variables and files of this user name.
class s3_home {
public:
    // Asks S3 nothing yet. Ignores SIGPIPE, as the client demands. Throws std::runtime_error with a
    // sentence when a variable is missing or cannot be read.
    s3_home(const blob::s3_place& place, aws::variables environment);
    s3_home(const s3_home&) = delete;
    s3_home& operator=(const s3_home&) = delete;

    [[nodiscard]] blob::s3_store& store() noexcept { return store_; }

private:
    const aws::variables environment_;
    const system_clock wall_;
    aws::trust roots_;
    aws::credential_source who_;
    aws::client client_;
    blob::bucket bucket_;
    blob::s3_store store_;
};

}  // namespace palabre::machine
