// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "aws/credential_source.hpp"
#include "aws/trust.hpp"
#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_store.hpp"

#include <map>
#include <memory>
#include <string>

namespace palabre::test {

// A client of S3, and all that it stands on, for a bucket.
class s3_ground {
public:
    // With this environment. Does not ask whether there is such a bucket.
    s3_ground(std::map<std::string, std::string> environment, const std::string& bucket);

    [[nodiscard]] blob::bucket& bucket() noexcept { return bucket_; }
    [[nodiscard]] aws::client& client() noexcept { return client_; }

private:
    const aws::variables environment_;
    aws::trust roots_;
    aws::credential_source who_;
    aws::client client_;
    blob::bucket bucket_;
};

// Nobody waits long in tests: pauses between tries are left out.
[[nodiscard]] aws::client::world hurried_world();

// A new bucket of the moto server of this program (moto_server.hpp), with nothing in it.
[[nodiscard]] std::string make_bucket();
[[nodiscard]] std::unique_ptr<s3_ground> new_bucket();

}  // namespace palabre::test
