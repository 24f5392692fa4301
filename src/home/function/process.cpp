// SPDX-License-Identifier: Apache-2.0
#include "home/function/process.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <string>

namespace palabre::function {

void tell(std::string_view sentence) noexcept try {
    std::string line("palabre: ");
    line.append(sentence);
    std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
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
        } else if (written == 0 || errno != EINTR) {
            return;
        }
    }
}

}  // namespace palabre::function
