// SPDX-License-Identifier: Apache-2.0
#include "support/s3_ground.hpp"

#include "support/moto_server.hpp"
#include "unit/aws/among.hpp"

#include <atomic>
#include <stdexcept>
#include <utility>

namespace palabre::test {
namespace {

timestamp present() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

aws::client::world hurried_world() {
    return {present, [] { return 0.5; }, [](std::chrono::milliseconds) {}};
}

s3_ground::s3_ground(std::map<std::string, std::string> environment, const std::string& bucket)
    : environment_(aws::among(std::move(environment))),
      roots_(environment_),
      who_(environment_, present, roots_),
      client_(blob::s3_service(bucket, environment_), who_, roots_, hurried_world()),
      bucket_(bucket, aws::region_of(environment_), client_, blob::bucket::usual_deadlines()) {}

std::string make_bucket() {
    static std::atomic<int> count = 0;
    const auto name = "bucket-" + std::to_string(++count);
    s3_ground maker(moto().owner(), name);
    aws::request asked;
    asked.method = "PUT";
    asked.body =
        "<CreateBucketConfiguration><LocationConstraint>eu-west-3</LocationConstraint>"
        "</CreateBucketConfiguration>";
    const auto made = maker.client().call(asked, blob::bucket::usual_deadlines()());
    if (made.status != 200) throw std::runtime_error("no bucket was made: " + made.body);
    return name;
}

std::unique_ptr<s3_ground> new_bucket() {
    return std::make_unique<s3_ground>(moto().owner(), make_bucket());
}

}  // namespace palabre::test
