// SPDX-License-Identifier: Apache-2.0
#include "lambda/child.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace bench {
namespace {

constexpr std::size_t page_bytes = 4096;

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

std::int64_t to_ns(const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> made;
    made.reserve(texts.size() + 1);
    for (const std::string& each : texts)
        made.push_back(const_cast<char*>(each.c_str()));
    made.push_back(nullptr);
    return made;
}

// Between fork and exec: nothing here may allocate.
[[noreturn]] void become(
    char* const* line, char* const* variables, int gate, int silence, int core, void* page
) {
    if (core >= 0) {
        cpu_set_t only;
        CPU_ZERO(&only);
        CPU_SET(static_cast<std::size_t>(core), &only);
        ::sched_setaffinity(0, sizeof only, &only);
    }
    ::dup2(silence, STDOUT_FILENO);
    char go = 0;
    if (::read(gate, &go, 1) != 1) ::_exit(126);
    ::clock_gettime(CLOCK_MONOTONIC, static_cast<timespec*>(page));
    ::execve(line[0], line, variables);
    ::_exit(127);
}

}  // namespace

child::child(
    const std::vector<std::string>& line, const std::vector<std::string>& added, int core
) {
    std::vector<std::string> variables(added);
    for (char** each = environ; *each != nullptr; ++each)
        variables.emplace_back(*each);
    const auto line_pointers = pointers(line);
    const auto variable_pointers = pointers(variables);
    shared_ =
        ::mmap(nullptr, page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared_ == MAP_FAILED) fail("mmap");
    const int silence = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (silence < 0) fail("/dev/null");
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) fail("pipe2");
    gate_ = ends[1];
    pid_ = ::fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) {
        become(line_pointers.data(), variable_pointers.data(), ends[0], silence, core, shared_);
    }
    ::close(ends[0]);
    ::close(silence);
    descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    if (descriptor_ < 0) fail("pidfd_open");
}

child::~child() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ::close(descriptor_);
    ::close(gate_);
    ::munmap(shared_, page_bytes);
}

void child::let_go() const {
    if (::write(gate_, "", 1) != 1) fail("write to the child");
}

clock::time_point child::started_at() const {
    // steady_clock is CLOCK_MONOTONIC here.
    return clock::time_point(std::chrono::nanoseconds(to_ns(*static_cast<timespec*>(shared_))));
}

std::int64_t child::processor_ns() const {
    clockid_t of_child{};
    if (const int failed = ::clock_getcpuclockid(pid_, &of_child); failed != 0) {
        throw std::system_error(failed, std::generic_category(), "clock_getcpuclockid");
    }
    timespec used{};
    if (::clock_gettime(of_child, &used) != 0) fail("clock_gettime");
    return to_ns(used);
}

std::int64_t child::memory_peak_kb() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("VmHWM:")) continue;
        std::istringstream rest(line.substr(6));
        std::int64_t kb = 0;
        rest >> kb;
        return kb;
    }
    throw std::runtime_error("the child has no VmHWM: it has ended");
}

}  // namespace bench
