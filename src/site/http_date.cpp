// SPDX-License-Identifier: Apache-2.0
#include "site/http_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

namespace palabre::site {
namespace {

constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
};

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(separators), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

// RFC 9110: a two-digit year more than 50 years ahead is of the past century. Dates that servers
// of our time sent begin in 1970.
int full_year(int year, std::size_t digits) {
    if (digits > 2) return year;
    return year < 70 ? 2000 + year : 1900 + year;
}

struct date_words {
    std::string_view day, month, year, time;
};

std::optional<date_words> find_words(std::string_view text) {
    const auto parts = split(text, " ,-");
    // "Sun, 06 Nov 1994 08:49:37 GMT" and "Sunday, 06-Nov-94 08:49:37 GMT".
    if (parts.size() == 6 && parts[5] == "GMT") {
        return date_words{parts[1], parts[2], parts[3], parts[4]};
    }
    // "Sun Nov  6 08:49:37 1994".
    if (parts.size() == 5) return date_words{parts[2], parts[1], parts[4], parts[3]};
    return std::nullopt;
}

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
    const auto parts = split(text, ":");
    if (parts.size() != 3) return std::nullopt;
    const auto hour = number(parts[0]);
    const auto minute = number(parts[1]);
    const auto second = number(parts[2]);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

}  // namespace

std::string to_http_date(std::int64_t unix_seconds) {
    const std::chrono::sys_seconds at{std::chrono::seconds(unix_seconds)};
    const auto midnight = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{midnight};
    const std::chrono::hh_mm_ss time{at - midnight};
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        days[std::chrono::weekday(midnight).c_encoding()],
        static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        time.hours().count(),
        time.minutes().count(),
        time.seconds().count()
    );
}

std::optional<std::int64_t> from_http_date(std::string_view text) {
    const auto words = find_words(text);
    if (!words) return std::nullopt;
    const auto day = number(words->day);
    const auto year = number(words->year);
    const auto* const month = std::ranges::find(months, words->month);
    const auto time = time_of_day(words->time);
    if (!day || !year || month == months.end() || !time || words->year.size() > 4) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year(full_year(*year, words->year.size())),
        std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
        std::chrono::day(static_cast<unsigned>(*day))
    };
    if (!date.ok()) return std::nullopt;
    const std::chrono::sys_seconds at = std::chrono::sys_days(date) + *time;
    return at.time_since_epoch().count();
}

}  // namespace palabre::site
