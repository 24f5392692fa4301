// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/blocking_pool.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace palabre::server {

blocking_pool::blocking_pool(sizes chosen, server_stats& stats) : sizes_(chosen), stats_(stats) {}

blocking_pool::~blocking_pool() {
    stop();
}

bool blocking_pool::submit(job&& work, kind what, admission mode) {
    std::unique_lock lock(mutex_);
    const std::size_t waiting = startable();
    const bool could_start =
        what == kind::writing || reading_now_ + reading_queue_.size() < sizes_.reading_max;
    const bool thread_is_free = idle_ > waiting;
    const bool may_grow = threads_.size() < sizes_.threads_max;
    const bool starts_at_once = could_start && (thread_is_free || may_grow);
    const bool full = reading_queue_.size() + writing_queue_.size() >= sizes_.queue_max;
    if (mode == admission::if_room && !starts_at_once && full) return false;
    if (could_start && !thread_is_free && may_grow && !add_thread() && threads_.empty()) {
        return false;
    }
    auto& queue = what == kind::reading ? reading_queue_ : writing_queue_;
    queue.push_back({std::move(work), ++arrivals_});
    ++stats_.blocking_queue_length;
    lock.unlock();  // or the woken thread would wait for it
    if (could_start && thread_is_free) work_or_stop_.notify_one();
    return true;
}

std::size_t blocking_pool::startable() const noexcept {
    return writing_queue_.size() +
           std::min(reading_queue_.size(), sizes_.reading_max - reading_now_);
}

blocking_pool::kind blocking_pool::first_startable() const noexcept {
    const bool may_read = !reading_queue_.empty() && reading_now_ < sizes_.reading_max;
    if (!may_read) return kind::writing;
    if (writing_queue_.empty()) return kind::reading;
    return reading_queue_.front().number < writing_queue_.front().number ? kind::reading
                                                                         : kind::writing;
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
            return startable() > 0 || stopping_;
        });
        --idle_;
        // What cannot start while others read is theirs to do next.
        if (!woken || startable() == 0) break;
        run_one(lock);
    }
    --stats_.blocking_threads;
    ended_.splice(ended_.end(), threads_, self);
    thread_ended_.notify_all();
}

void blocking_pool::run_one(std::unique_lock<std::mutex>& lock) {
    const kind what = first_startable();
    auto& queue = what == kind::reading ? reading_queue_ : writing_queue_;
    job work = std::move(queue.front().work);
    queue.pop_front();
    if (what == kind::reading) ++reading_now_;
    --stats_.blocking_queue_length;
    ++stats_.blocking_threads_busy;
    lock.unlock();
    work();
    work = nullptr;
    --stats_.blocking_threads_busy;
    lock.lock();
    if (what == kind::reading) --reading_now_;
    // This thread takes one job, which need not be the one that could not start until now.
    if (startable() > 1 && idle_ > 0) work_or_stop_.notify_one();
}

// Those threads have left the lock for good, or are about to: joining them is short.
void blocking_pool::join_ended() {
    // They were spliced under the lock that we hold, and touch nothing of ours after it.
    for (std::thread& thread : ended_)
        thread.join();
    ended_.clear();
}

}  // namespace palabre::server
