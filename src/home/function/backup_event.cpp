// SPDX-License-Identifier: Apache-2.0
#include "home/function/backup_event.hpp"

#include <boost/json.hpp>

#include <cstdint>

namespace palabre::function {
namespace {

// Null when there is none.
boost::json::value member_of(std::string_view event, std::string_view name) {
    boost::system::error_code failed;
    const auto read = boost::json::parse(event, failed);
    const auto* object = failed ? nullptr : read.if_object();
    const auto* found = object != nullptr ? object->if_contains(name) : nullptr;
    return found != nullptr ? *found : boost::json::value();
}

}  // namespace

bool only_finishes(std::string_view event) {
    const auto found = member_of(event, "finish");
    return found.is_bool() && found.get_bool();
}

timestamp time_of(std::string_view event, timestamp now) {
    constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
    const auto found = member_of(event, "time");
    const auto* text = found.if_string();
    if (text == nullptr) return now;
    const auto at = parse_rfc3339(std::string_view(text->data(), text->size()));
    return at && at->ms > now.ms - day_ms && at->ms <= now.ms ? *at : now;
}

}  // namespace palabre::function
