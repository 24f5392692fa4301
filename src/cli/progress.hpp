// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::cli {

enum class progress_style { bar, lines, none };

// "auto" is a bar on a terminal and nothing elsewhere; "plain" is lines; "none" is none.
[[nodiscard]] progress_style progress_style_of(std::string_view asked_for);

// How far something is: so many of so many bytes, comments or whatever counts.
struct progress_state {
    std::string_view doing;  // "Storing"
    std::uint64_t done = 0;
    std::uint64_t total = 0;  // 0: nothing to do
};

// "Storing   [#########           ]  45 %".
[[nodiscard]] std::string draw_bar(const progress_state& now);

// How far long work is, on standard error. The bar is gone when this is.
class progress_display {
public:
    explicit progress_display(progress_style style) : style_(style) {}
    ~progress_display();
    progress_display(const progress_display&) = delete;
    progress_display& operator=(const progress_display&) = delete;

    // May be called as often as one likes: not every call is shown.
    void show(const progress_state& now);

private:
    void show_bar(const progress_state& now);
    void show_line(const progress_state& now);

    progress_style style_;
    std::optional<std::chrono::steady_clock::time_point> drawn_at_;
    std::string last_line_;
};

}  // namespace palabre::cli
