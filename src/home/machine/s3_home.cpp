// SPDX-License-Identifier: Apache-2.0
#include "home/machine/s3_home.hpp"

#include <utility>

namespace palabre::machine {

s3_home::s3_home(const blob::s3_place& place, aws::variables environment)
    : access_(std::move(environment)),
      client_(access_.make_client(blob::s3_service(place.bucket, access_.environment()))),
      bucket_(
          place.bucket,
          aws::region_of(access_.environment()),
          client_,
          blob::bucket::usual_deadlines()
      ),
      store_(bucket_, place.prefix) {}

}  // namespace palabre::machine
