// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "home/function/function_settings.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::function {

// The settings of a function, read when it starts and again after a time: parameters may change
// while a process lives, and it may live for hours. Used by one thread.
class settings_source {
public:
    using clock = std::chrono::steady_clock;

    // What an owner changes holds everywhere after this, at the first chance between two events.
    static constexpr std::chrono::minutes keep{5};

    // Lambda gives ten seconds for all of the start.
    static constexpr std::chrono::seconds patience_at_start{5};

    // Nobody waits for an answer meanwhile, but perhaps for the next one to begin.
    static constexpr std::chrono::seconds patience_between{2};

    // Gives all parameters, or throws std::exception.
    using reader = std::function<std::vector<stored_parameter>(clock::time_point deadline)>;

    // `read` is empty, and so is `path`, where there are no parameters.
    settings_source(config::environment variables, std::string path, reader read);

    // Throws startup_error.
    [[nodiscard]] function_settings first(clock::time_point now);

    // What came before stays in force, and `tell` hears of it, when the parameters cannot be read
    // or are wrong. None when there is nothing new, and most of the time nothing is asked at all.
    [[nodiscard]] std::optional<function_settings> again(
        clock::time_point now,
        clock::time_point invocation_end,
        const std::function<void(std::string_view)>& tell
    );

private:
    [[nodiscard]] function_settings read(clock::time_point deadline);

    const config::environment variables_;
    const std::string path_;
    const reader read_;
    function_settings known_;
    clock::time_point read_at_{};
};

}  // namespace palabre::function
