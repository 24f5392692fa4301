// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace palabre::machine {

// Tells an observer now and then that everything may have changed: for pages kept in memory of a
// store that others write to without our hearing of it. A page is then never older than this.
class cache_sweeper {
public:
    static constexpr std::chrono::milliseconds usual_period{1000};

    // `observer` outlives this.
    explicit cache_sweeper(
        store_observer& observer, std::chrono::milliseconds every = usual_period
    );

private:
    std::mutex mutex_;
    std::condition_variable_any stopping_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace palabre::machine
