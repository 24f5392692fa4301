// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace palabre::machine {

// Where the log of requests goes: standard output, a file, or nowhere.
class log_file {
public:
    // Opens the file to append to, readable by its owner and group. Throws startup_error.
    explicit log_file(const config::settings& chosen);
    ~log_file();
    log_file(const log_file&) = delete;
    log_file& operator=(const log_file&) = delete;

    // Stays the same for as long as this lives. None when the log is off.
    [[nodiscard]] std::optional<int> descriptor() const noexcept {
        if (descriptor_ < 0) return std::nullopt;
        return descriptor_;
    }

    // After the file was moved away (logrotate): goes on in a new one of the old name. The reason
    // when that fails; then the old file is written on.
    [[nodiscard]] std::optional<std::string> reopen();

private:
    std::filesystem::path path_;  // empty for standard output
    int descriptor_ = -1;
};

}  // namespace palabre::machine
