// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/dynamodb_local.hpp"
#include "support/faulty_service.hpp"
#include "unit/store_dynamodb/dynamodb_ground.hpp"

namespace palabre::test {

// A fresh table, reached through a service that things befall. More tries than usual: with the
// usual four, one call in two thousand would fail, and rightly so.
class faulty_ground {
public:
    explicit faulty_ground(const faulty_service::options& how)
        : service_(dynamodb_local::shared().where(), how),
          ground_(service_.where(), {20, std::chrono::milliseconds(1)}) {}

    [[nodiscard]] faulty_service& service() noexcept { return service_; }
    [[nodiscard]] dynamodb_ground& ground() noexcept { return ground_; }
    [[nodiscard]] aws::client& client() noexcept { return ground_.client(); }
    [[nodiscard]] store::dynamodb_options options(store_observer* observer = nullptr) const {
        return ground_.options(observer);
    }

private:
    faulty_service service_;
    dynamodb_ground ground_;
};

}  // namespace palabre::test
