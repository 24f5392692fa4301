// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

using clock = std::chrono::steady_clock;

// A program that waits before its first instruction until it is let go, so that measurements can
// be laid on it meanwhile. Its standard output goes nowhere. Killed and waited for at the end, as
// Lambda does it.
class child {
public:
    // `line` is a path and arguments. `added` are variables, "NAME=value", beside our own. With a
    // core of 0 or more, it and all that it starts stay there. Throws std::system_error.
    child(const std::vector<std::string>& line, const std::vector<std::string>& added, int core);
    ~child();
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    void let_go() const;

    // When it called exec; after let_go().
    [[nodiscard]] clock::time_point started_at() const;

    // Time on a processor of all its threads so far, living or not, in ns.
    [[nodiscard]] std::int64_t processor_ns() const;

    // The most that was resident at a time.
    [[nodiscard]] std::int64_t memory_peak_kb() const;

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }  // readable once it ended

private:
    pid_t pid_ = -1;
    int descriptor_ = -1;
    int gate_ = -1;
    void* shared_ = nullptr;  // one page, in which the child leaves the time of its exec
};

}  // namespace bench
