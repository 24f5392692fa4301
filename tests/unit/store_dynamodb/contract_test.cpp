// SPDX-License-Identifier: Apache-2.0
#include "contract/comment_store_suite.hpp"
#include "unit/store_dynamodb/dynamodb_ground.hpp"

namespace palabre::contract {
namespace {

made_store make_dynamodb_store(const clock& wall, store_observer& observer) {
    auto ground = std::make_shared<test::dynamodb_ground>();
    auto store =
        std::make_unique<store::dynamodb_store>(ground->client(), wall, ground->options(&observer));
    return made_of(ground, std::move(store));
}

INSTANTIATE_TEST_SUITE_P(
    dynamodb,
    comment_store_suite,
    testing::Values(store_case{"dynamodb", make_dynamodb_store}),
    testing::PrintToStringParamName()
);

}  // namespace
}  // namespace palabre::contract
