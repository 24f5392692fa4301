// SPDX-License-Identifier: Apache-2.0
#include "contract/records_suite.hpp"
#include "store/memory/memory_store.hpp"

namespace palabre::contract {

static made_home make_memory_home(const clock& wall, const all_records& all) {
    auto store = std::make_unique<store::memory_store>(wall);
    put_all(all, *store);
    made_home home{nullptr, nullptr, store.get(), store.get(), store.get()};
    home.store = std::move(store);
    return home;
}

INSTANTIATE_TEST_SUITE_P(
    memory,
    records_suite,
    testing::Values(home_case{"memory", make_memory_home}),
    testing::PrintToStringParamName()
);

}  // namespace palabre::contract
