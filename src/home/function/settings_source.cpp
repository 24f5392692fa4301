// SPDX-License-Identifier: Apache-2.0
#include "home/function/settings_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace palabre::function {

settings_source::settings_source(config::environment variables, std::string path, reader read)
    : variables_(std::move(variables)), path_(std::move(path)), read_(std::move(read)) {}

function_settings settings_source::read(clock::time_point deadline) {
    std::vector<stored_parameter> parameters;
    if (read_) parameters = read_(deadline);
    return read_function_settings(parameters, path_, variables_);
}

function_settings settings_source::first(clock::time_point now) {
    known_ = read(now + patience_at_start);
    read_at_ = now;
    return known_;
}

std::optional<function_settings> settings_source::again(
    clock::time_point now,
    clock::time_point invocation_end,
    const std::function<void(std::string_view)>& tell
) {
    if (!read_ || now - read_at_ < keep) return std::nullopt;
    const auto deadline = std::min(now + patience_between, invocation_end);
    // Lambda ends a process that is late with this, too: then the next invocation may do it.
    if (deadline <= now) return std::nullopt;
    read_at_ = now;  // whatever comes of it: while Systems Manager is away, not after every event
    try {
        auto fresh = read(deadline);
        if (fresh == known_) return std::nullopt;
        known_ = fresh;
        return fresh;
    } catch (const std::exception& wrong) {
        tell(fmt::format("the settings of before stay in force: {}", wrong.what()));
    }
    return std::nullopt;
}

}  // namespace palabre::function
