// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lambda/child.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {

// A place in a program's file: a function's first byte.
struct place {
    std::string name;
    std::uint64_t offset = 0;  // in the file
};

struct passage {
    std::string name;
    clock::time_point at;
};

// Notes when the first thread of a child comes by places of its program, by uprobes: the program
// is not changed, and each passage costs it about a microsecond. To be made before the child is let
// go. Takes root, or CAP_PERFMON.
class probes {
public:
    // Throws std::system_error when the kernel does not give them.
    probes(const std::string& program, const std::vector<place>& places, const child& of);
    ~probes();
    probes(const probes&) = delete;
    probes& operator=(const probes&) = delete;

    // All so far, in order. To be called once.
    [[nodiscard]] std::vector<passage> passages() const;

private:
    struct probe;
    std::vector<std::unique_ptr<probe>> all_;
};

}  // namespace bench
