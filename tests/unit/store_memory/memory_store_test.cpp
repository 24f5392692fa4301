// SPDX-License-Identifier: Apache-2.0
#include "store/memory/memory_store.hpp"

#include "contract/comment_store_suite.hpp"

namespace palabre::contract {

static made_store make_memory_store(const clock& wall, store_observer& observer) {
    return made_of(nullptr, std::make_unique<store::memory_store>(wall, &observer));
}

INSTANTIATE_TEST_SUITE_P(
    memory,
    comment_store_suite,
    testing::Values(store_case{"memory", make_memory_store}),
    testing::PrintToStringParamName()
);

}  // namespace palabre::contract
