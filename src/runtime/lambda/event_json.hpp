// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace palabre::lambda {

// What may be null, absent or of another type in an event is read as empty: any member may be.

// Throws event_error when it is no JSON object. What is read lies in `memory`.
[[nodiscard]] boost::json::object parse_event(
    std::string_view json, boost::json::storage_ptr memory
);

// The member, or an empty object that outlives all others.
[[nodiscard]] const boost::json::object& object_in(
    const boost::json::object& of, std::string_view name
);
[[nodiscard]] std::string text_in(const boost::json::object& of, std::string_view name);
[[nodiscard]] bool flag_in(const boost::json::object& of, std::string_view name);

// Gives each text of a map of lists, or of the map of single texts when there are no lists, in
// order.
void each_text(
    const boost::json::object& of,
    std::string_view lists,
    std::string_view singles,
    const std::function<void(std::string_view name, std::string_view value)>& take
);

}  // namespace palabre::lambda
