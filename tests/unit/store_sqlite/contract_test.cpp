// SPDX-License-Identifier: Apache-2.0
#include "contract/comment_store_suite.hpp"
#include "sqlite_ground.hpp"

namespace palabre::contract {
namespace {

store_case sqlite_case(std::string name, const store::sqlite_options& options) {
    auto make = [options](const clock& wall, store_observer& observer) -> made_store {
        auto folder = std::make_shared<store::temporary_folder>();
        auto here = options;
        here.file = folder->path() / "comments.db";
        here.observer = &observer;
        return made_of(folder, std::make_unique<store::sqlite_store>(here, wall));
    };
    return {std::move(name), std::move(make)};
}

// One reader and batches of one or three writes: more queueing, other interleavings.
store::sqlite_options narrow(std::size_t batch_writes_max) {
    store::sqlite_options options;
    options.readers = 1;
    options.batch_writes_max = batch_writes_max;
    return options;
}

INSTANTIATE_TEST_SUITE_P(
    sqlite,
    comment_store_suite,
    testing::Values(
        sqlite_case("usual", {}), sqlite_case("alone", narrow(1)), sqlite_case("narrow", narrow(3))
    ),
    testing::PrintToStringParamName()
);

}  // namespace
}  // namespace palabre::contract
