// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/blocking_pool.hpp"

#include <system_error>
#include <utility>

namespace palabre::server {

blocking_pool::blocking_pool(sizes chosen, server_stats& stats) : sizes_(chosen), stats_(stats) {}

blocking_pool::~blocking_pool() {
    stop();
}

bool blocking_pool::submit(job&& work, admission mode) {
    const std::scoped_lock lock(mutex_);
    const bool thread_is_free = idle_ > queue_.size();
    const bool may_grow = threads_.size() < sizes_.threads_max;
    if (mode == admission::if_room && !thread_is_free && !may_grow &&
        queue_.size() >= sizes_.queue_max) {
        return false;
    }
    if (!thread_is_free && may_grow && !add_thread() && threads_.empty()) return false;
    queue_.push_back(std::move(work));
    ++stats_.blocking_queue_length;
    if (thread_is_free) work_or_stop_.notify_one();
    return true;
}

// Under mutex_. A system without a thread to spare leaves the work to those that run already.
bool blocking_pool::add_thread() {
    join_ended();
    const auto self = threads_.emplace(threads_.end());
    try {
        // The new thread waits for mutex_, so it finds itself written down.
        *self = std::thread([this, self] { run_thread(self); });
    } catch (const std::system_error&) {
        threads_.erase(self);
        return false;
    }
    ++stats_.blocking_threads;
    return true;
}

void blocking_pool::stop() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    work_or_stop_.notify_all();
    thread_ended_.wait(lock, [this] { return threads_.empty(); });
    join_ended();
}

void blocking_pool::run_thread(std::list<std::thread>::iterator self) {
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        const bool woken = work_or_stop_.wait_for(lock, sizes_.idle, [this] {
            return !queue_.empty() || stopping_;
        });
        --idle_;
        if (!woken || queue_.empty()) break;
        job work = std::move(queue_.front());
        queue_.pop_front();
        --stats_.blocking_queue_length;
        ++stats_.blocking_threads_busy;
        lock.unlock();
        work();
        work = nullptr;
        --stats_.blocking_threads_busy;
        lock.lock();
    }
    --stats_.blocking_threads;
    ended_.splice(ended_.end(), threads_, self);
    thread_ended_.notify_all();
}

// Those threads have left the lock for good, or are about to: joining them is short.
void blocking_pool::join_ended() {
    // They were spliced under the lock that we hold, and touch nothing of ours after it.
    for (std::thread& thread : ended_)
        thread.join();
    ended_.clear();
}

}  // namespace palabre::server
