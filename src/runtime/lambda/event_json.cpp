// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/event_json.hpp"

#include "runtime/lambda/gateway_event.hpp"

#include <utility>

namespace palabre::lambda {

using boost::json::object;

object parse_event(std::string_view json, boost::json::storage_ptr memory) {
    boost::system::error_code failed;
    auto value = boost::json::parse(json, failed, std::move(memory));
    if (failed) throw event_error("the event is no JSON: " + failed.message());
    if (!value.is_object()) throw event_error("the event is no JSON object");
    return std::move(value.as_object());
}

const object& object_in(const object& of, std::string_view name) {
    static const object none;
    const auto* found = of.if_contains(name);
    const auto* made = found != nullptr ? found->if_object() : nullptr;
    return made != nullptr ? *made : none;
}

std::string text_in(const object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    const auto* text = found != nullptr ? found->if_string() : nullptr;
    return text != nullptr ? std::string(*text) : std::string();
}

bool flag_in(const object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    return found != nullptr && found->is_bool() && found->as_bool();
}

void each_text(
    const object& of,
    std::string_view lists,
    std::string_view singles,
    const std::function<void(std::string_view name, std::string_view value)>& take
) {
    const object& many = object_in(of, lists);
    for (const auto& [name, values] : many) {
        const auto* list = values.if_array();
        if (list == nullptr) continue;
        for (const auto& value : *list)
            if (value.is_string()) take(name, value.as_string());
    }
    if (!many.empty()) return;
    for (const auto& [name, value] : object_in(of, singles))
        if (value.is_string()) take(name, value.as_string());
}

}  // namespace palabre::lambda
