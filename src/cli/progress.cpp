// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace palabre::cli {
namespace {

using steady = std::chrono::steady_clock;

constexpr auto draw_every = std::chrono::milliseconds(100);
constexpr std::uint64_t bar_width = 30;
constexpr std::uint64_t percent_per_line = 10;

// Of `whole` steps, how many are done.
std::uint64_t done_of(const progress_state& now, std::uint64_t whole) {
    if (now.total == 0) return whole;
    const auto part =
        static_cast<double>(std::min(now.done, now.total)) / static_cast<double>(now.total);
    return static_cast<std::uint64_t>(part * static_cast<double>(whole));
}

}  // namespace

progress_style progress_style_of(std::string_view asked_for) {
    if (asked_for == "plain") return progress_style::lines;
    if (asked_for == "none") return progress_style::none;
    return ::isatty(STDERR_FILENO) == 1 ? progress_style::bar : progress_style::none;
}

std::string draw_bar(const progress_state& now) {
    const auto filled = done_of(now, bar_width);
    return fmt::format(
        "{:<8}  [{}{}] {:>3} %",
        now.doing,
        std::string(filled, '#'),
        std::string(bar_width - filled, ' '),
        done_of(now, 100)
    );
}

progress_display::~progress_display() {
    if (drawn_at_) std::fputs("\r\x1b[K", stderr);
}

void progress_display::show(const progress_state& now) {
    if (style_ == progress_style::bar) show_bar(now);
    if (style_ == progress_style::lines) show_line(now);
}

void progress_display::show_bar(const progress_state& now) {
    const auto time = steady::now();
    if (drawn_at_ && time - *drawn_at_ < draw_every) return;
    drawn_at_ = time;
    std::fputs(fmt::format("\r{}\x1b[K", draw_bar(now)).c_str(), stderr);
    std::fflush(stderr);
}

void progress_display::show_line(const progress_state& now) {
    const auto percent = done_of(now, 100) / percent_per_line * percent_per_line;
    auto line = fmt::format("{}: {} %\n", now.doing, percent);
    if (line == last_line_) return;
    std::fputs(line.c_str(), stderr);
    last_line_ = std::move(line);
}

}  // namespace palabre::cli
