// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/request_log.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace palabre::server {

// One line of JSON per answered request (log/request_line.hpp), written to a file descriptor by a
// thread of its own. A loop that logs never waits for the disk: when the descriptor takes nothing
// and the buffer is full, lines are dropped and counted.
class access_log final : public request_log {
public:
    struct sizes {
        std::size_t buffer_bytes_max = std::size_t{4} * 1024 * 1024;  // a second of a full load
        std::size_t wake_bytes = std::size_t{64} * 1024;  // the writer is woken early from here
        std::chrono::milliseconds flush_every{1'000};
    };

    // The descriptor is lent, and must stay open until the log is gone.
    explicit access_log(int descriptor);
    access_log(int descriptor, sizes chosen);

    // Writes what is left.
    ~access_log() override;
    access_log(const access_log&) = delete;
    access_log& operator=(const access_log&) = delete;

    void answered(const request_record& record) noexcept override;

    // Lines that no reader of the log will see: the buffer was full, or writing failed.
    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

private:
    void write_all();
    void write_out(const std::string& lines);

    const int descriptor_;
    const sizes sizes_;
    std::atomic<std::uint64_t> dropped_{0};
    std::mutex mutex_;
    std::condition_variable wake_;
    std::string waiting_;   // under mutex_
    bool closing_ = false;  // under mutex_
    std::thread writer_;
};

}  // namespace palabre::server
