// SPDX-License-Identifier: Apache-2.0
#include "metrics/process.hpp"

#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

namespace palabre::metrics {
namespace {

// Fields of /proc/self/stat after the name, which may hold anything but ends with the last ')'.
// The first of them is field 3 of proc(5).
std::vector<std::string> read_stat() {
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    const auto end = line.rfind(')');
    if (end == std::string::npos) return {};
    std::istringstream rest(line.substr(end + 1));
    return {std::istream_iterator<std::string>(rest), {}};
}

double seconds_of(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// From the clocks: /proc/stat has it too, but is hidden from a service with ProcSubset=pid.
double boot_time() {
    return seconds_of(CLOCK_REALTIME) - seconds_of(CLOCK_BOOTTIME);
}

double count_open_files() {
    std::error_code error;
    const std::filesystem::directory_iterator files("/proc/self/fd", error);
    // Listing takes a file of its own.
    return error ? 0 : static_cast<double>(std::distance(begin(files), end(files)) - 1);
}

}  // namespace

std::optional<process_usage> read_process_usage() {
    constexpr std::size_t user_ticks = 14 - 3;  // numbers of proc(5)
    constexpr std::size_t system_ticks = 15 - 3;
    constexpr std::size_t start_ticks = 22 - 3;
    constexpr std::size_t resident_pages = 24 - 3;
    const auto fields = read_stat();
    if (fields.size() <= resident_pages) return std::nullopt;
    const auto ticks_per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
    process_usage usage;
    usage.cpu_seconds =
        (std::stod(fields[user_ticks]) + std::stod(fields[system_ticks])) / ticks_per_second;
    usage.resident_bytes =
        std::stod(fields[resident_pages]) * static_cast<double>(::sysconf(_SC_PAGESIZE));
    usage.open_files = count_open_files();
    usage.started_at = boot_time() + std::stod(fields[start_ticks]) / ticks_per_second;
    return usage;
}

}  // namespace palabre::metrics
