// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/server/stats.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace palabre::server {

// Threads for what may block: database, password hashing, disk. They are made when work waits and
// none is free, and end after some idle seconds. Safe from any thread.
//
// Writing waits for the disk, and many that wait share one commit: each has a thread. Reading
// hardly ever waits, so that more threads than a few would only take turns, at the price of a
// switch for each: beyond `reading_max` it stays in the queue, for a thread that is running
// already.
class blocking_pool {
public:
    using job = std::move_only_function<void()>;  // must not throw

    // Work that a client asked for can be refused; the rest of what we began to answer cannot.
    enum class admission { if_room, always };

    enum class kind { reading, writing };

    struct sizes {
        std::size_t threads_max;
        std::size_t reading_max;  // jobs at a time
        std::size_t queue_max;    // jobs of both kinds
        std::chrono::milliseconds idle{10'000};
    };

    // `stats` must outlive the pool.
    blocking_pool(sizes chosen, server_stats& stats);

    // Runs what is queued, waits for it, ends the threads.
    ~blocking_pool();
    blocking_pool(const blocking_pool&) = delete;
    blocking_pool& operator=(const blocking_pool&) = delete;

    // False when the queue is full, or no thread can be made at all: then the job was not touched.
    [[nodiscard]] bool submit(job&& work, kind what, admission mode);

    // As the destructor. Nothing may be submitted afterwards.
    void stop();

private:
    struct queued {
        job work;
        std::uint64_t number;  // of its arrival
    };

    // How many jobs could begin now if there were threads.
    [[nodiscard]] std::size_t startable() const noexcept;
    // The one of them that came first.
    [[nodiscard]] kind first_startable() const noexcept;
    void run_thread(std::list<std::thread>::iterator self);
    void run_one(std::unique_lock<std::mutex>& lock);
    bool add_thread();
    void join_ended();

    const sizes sizes_;
    server_stats& stats_;
    std::mutex mutex_;
    std::condition_variable work_or_stop_;
    std::condition_variable thread_ended_;
    std::deque<queued> reading_queue_;  // under mutex_, as all below
    std::deque<queued> writing_queue_;
    std::uint64_t arrivals_ = 0;
    std::size_t reading_now_ = 0;
    std::list<std::thread> threads_;
    std::list<std::thread> ended_;  // to be joined by whoever comes next
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

}  // namespace palabre::server
