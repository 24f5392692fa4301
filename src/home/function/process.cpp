// SPDX-License-Identifier: Apache-2.0
#include "home/function/process.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>

namespace palabre::function {

aws::variables variables_of_process() {
    return [](std::string_view name) -> std::optional<std::string> {
        const char* const value = std::getenv(std::string(name).c_str());
        if (value == nullptr || *value == '\0') return std::nullopt;
        return value;
    };
}

void tell(std::string_view sentence) noexcept try {
    std::string line("palabre: ");
    line.append(sentence);
    std::ranges::replace_if(line, [](char c) { return c >= 0 && c < 0x20; }, ' ');
    line.push_back('\n');
    write_whole(STDERR_FILENO, line);
} catch (const std::exception&) {
    return;  // out of memory: what cannot be said is not said
}

void tell_lines(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        tell(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

void write_whole(int descriptor, std::string_view lines) noexcept {
    while (!lines.empty()) {
        const ssize_t written = ::write(descriptor, lines.data(), lines.size());
        if (written > 0) {
            lines.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return;
        }
    }
}

}  // namespace palabre::function
