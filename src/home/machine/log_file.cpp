// SPDX-License-Identifier: Apache-2.0
#include "home/machine/log_file.hpp"

#include "home/machine/startup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace palabre::machine {
namespace {

constexpr mode_t for_owner_and_group = 0640;

int open_to_append(const std::filesystem::path& file) {
    return ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, for_owner_and_group);
}

}  // namespace

log_file::log_file(const config::settings& chosen) {
    const auto& destination = chosen.log.destination;
    if (destination == "off") return;
    if (destination == "stdout") {
        descriptor_ = STDOUT_FILENO;
        return;
    }
    path_ = chosen.resolve(destination);
    const int opened = open_to_append(path_);
    if (opened < 0) {
        throw startup_error(fmt::format(
            "the log cannot be written to {}: {}. It is set by destination in [log].",
            path_.string(),
            std::strerror(errno)
        ));
    }
    descriptor_ = opened;
}

log_file::~log_file() {
    if (descriptor_ >= 0 && !path_.empty()) ::close(descriptor_);
}

std::optional<std::string> log_file::reopen() {
    if (path_.empty()) return std::nullopt;
    const int opened = open_to_append(path_);
    // The number stays the same, so that whoever writes to it need not know.
    const bool moved = opened >= 0 && ::dup3(opened, descriptor_, O_CLOEXEC) >= 0;
    const auto reason = moved ? std::string() : std::strerror(errno);
    if (opened >= 0) ::close(opened);
    if (moved) return std::nullopt;
    return fmt::format("{}: {}", path_.string(), reason);
}

}  // namespace palabre::machine
