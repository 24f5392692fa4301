// SPDX-License-Identifier: Apache-2.0
#include "contract/comment_store_suite.hpp"
#include "unit/store_dynamodb/faulty_ground.hpp"

namespace palabre::contract {
namespace {

store_case usual_case() {
    return {"usual", [](const clock& wall, store_observer& observer) {
                auto ground = std::make_shared<test::dynamodb_ground>();
                auto store = std::make_unique<store::dynamodb_store>(
                    ground->client(), wall, ground->options(&observer)
                );
                return made_of(ground, std::move(store));
            }};
}

// Every verb must keep its promises while one request in seven goes wrong somehow.
store_case faulty_case(std::string name, const test::faulty_service::options& how) {
    auto make = [how](const clock& wall, store_observer& observer) {
        auto ground = std::make_shared<test::faulty_ground>(how);
        auto store = std::make_unique<store::dynamodb_store>(
            ground->client(), wall, ground->options(&observer)
        );
        return made_of(ground, std::move(store));
    };
    return {std::move(name), std::move(make)};
}

INSTANTIATE_TEST_SUITE_P(
    dynamodb,
    comment_store_suite,
    testing::Values(
        usual_case(),
        faulty_case("faulty", {.rate = 0.15, .seed = 1, .forgets_tokens = false, .only = {}}),
        faulty_case("forgetful", {.rate = 0.15, .seed = 2, .forgets_tokens = true, .only = {}})
    ),
    testing::PrintToStringParamName()
);

}  // namespace
}  // namespace palabre::contract
