// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/reader_pool.hpp"

#include "store/sqlite/open_file.hpp"

#include <algorithm>
#include <utility>

namespace palabre::store {

reader_pool::reader_pool(
    const std::filesystem::path& file, std::size_t size, std::chrono::milliseconds busy_wait
)
    : file_(std::filesystem::absolute(file)),
      size_(std::max(size, std::size_t{1})),
      busy_wait_(busy_wait) {
    idle_.reserve(size_);  // so that giving back cannot fail
}

reader_pool::lease reader_pool::take() {
    if (auto idle = idle_or_none()) return {*this, std::move(idle)};
    try {
        return {*this, std::make_unique<reader>(open_for_reading(file_, busy_wait_))};
    } catch (...) {
        forget_one();
        throw;
    }
}

// None: the caller may make another, which is counted already. It is made without the lock, since
// opening a database takes its time.
std::unique_ptr<reader> reader_pool::idle_or_none() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty() || made_ < size_; });
    if (idle_.empty()) {
        ++made_;
        return nullptr;
    }
    // The one used last: its pages are the likeliest to be cached.
    auto lent = std::move(idle_.back());
    idle_.pop_back();
    return lent;
}

void reader_pool::give_back(std::unique_ptr<reader> lent) noexcept {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(lent));
    }
    returned_.notify_one();
}

void reader_pool::forget_one() noexcept {
    {
        const std::lock_guard lock(mutex_);
        --made_;
    }
    returned_.notify_one();
}

}  // namespace palabre::store
