// SPDX-License-Identifier: Apache-2.0
#include "home/machine/cache_sweeper.hpp"

namespace palabre::machine {

cache_sweeper::cache_sweeper(store_observer& observer, std::chrono::milliseconds every)
    : thread_([this, &observer, every](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          while (!stopping_.wait_for(lock, stop, every, [&] { return stop.stop_requested(); }))
              observer.everything_changed();
      }) {}

}  // namespace palabre::machine
