// SPDX-License-Identifier: Apache-2.0
#include "core/timestamp.hpp"

#include <array>
#include <cassert>
#include <chrono>

namespace palabre {
namespace {

// Reads exactly `count` digits at the front of `text` and takes them off.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char wanted, char also) {
    if (text.empty() || (text.front() != wanted && text.front() != also)) return false;
    text.remove_prefix(1);
    return true;
}

// ".123456" to 123; no fraction to 0. Empty for a point without digits.
std::optional<int> take_fraction_ms(std::string_view& text) {
    if (text.empty() || text.front() != '.') return 0;
    text.remove_prefix(1);
    int ms = 0;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 3) ms = ms * 10 + (text.front() - '0');
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (std::size_t i = digits; i < 3; ++i)
        ms *= 10;
    return ms;
}

// "Z" or "+02:00", in minutes east of UTC.
std::optional<int> take_offset_minutes(std::string_view& text) {
    if (take(text, 'Z', 'z')) return 0;
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':', ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    return sign * (*hours * 60 + *minutes);
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-', '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-', '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}
    };
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

// Seconds of the day; a leap second counts as the last ordinary one.
std::optional<int> take_time(std::string_view& text) {
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':', ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59 || !take(text, ':', ':')) return std::nullopt;
    const auto seconds = take_digits(text, 2);
    if (!seconds || *seconds > 60) return std::nullopt;
    return (*hours * 60 + *minutes) * 60 + (*seconds == 60 ? 59 : *seconds);
}

// Over `count` characters of the text, from `at` on.
void put_digits(std::string& text, std::size_t at, unsigned value, std::size_t count) {
    for (std::size_t i = at + count; i > at; --i) {
        text[i - 1] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

}  // namespace

std::string to_rfc3339(timestamp at) {
    assert(at >= timestamp_min && at <= timestamp_max);
    using namespace std::chrono;
    const sys_time<milliseconds> instant{milliseconds{at.ms}};
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss<milliseconds> time{instant - day};
    std::string text = "0000-00-00T00:00:00.000Z";
    put_digits(text, 0, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    put_digits(text, 5, static_cast<unsigned>(date.month()), 2);
    put_digits(text, 8, static_cast<unsigned>(date.day()), 2);
    put_digits(text, 11, static_cast<unsigned>(time.hours().count()), 2);
    put_digits(text, 14, static_cast<unsigned>(time.minutes().count()), 2);
    put_digits(text, 17, static_cast<unsigned>(time.seconds().count()), 2);
    put_digits(text, 20, static_cast<unsigned>(time.subseconds().count()), 3);
    return text;
}

std::optional<timestamp> parse_rfc3339(std::string_view text) {
    const auto day = take_date(text);
    if (!day) return std::nullopt;
    // RFC 3339 §5.6 lets applications write a space for the T.
    if (!take(text, 'T', 't') && !take(text, ' ', ' ')) return std::nullopt;
    const auto seconds = take_time(text);
    if (!seconds) return std::nullopt;
    const auto ms = take_fraction_ms(text);
    if (!ms) return std::nullopt;
    const auto offset = take_offset_minutes(text);
    if (!offset || !text.empty()) return std::nullopt;
    const std::int64_t day_ms = std::int64_t{day->time_since_epoch().count()} * 86'400'000;
    const timestamp at{day_ms + (std::int64_t{*seconds} - std::int64_t{*offset} * 60) * 1000 + *ms};
    if (at < timestamp_min || at > timestamp_max) return std::nullopt;
    return at;
}

}  // namespace palabre
