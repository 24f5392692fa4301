// SPDX-License-Identifier: Apache-2.0
#include "home/function/parameters.hpp"

#include "util/json_text.hpp"

#include <boost/json.hpp>

#include <optional>

namespace palabre::function {
namespace {

// The most that AWS gives at a time.
constexpr std::uint64_t page_size = 10;

[[noreturn]] void refuse() {
    throw std::runtime_error("Systems Manager gave an answer that is no list of parameters");
}

// None when it is absent or null; refuses what is no text.
std::optional<std::string> text_at(const boost::json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    if (found == nullptr || found->is_null()) return std::nullopt;
    if (!found->is_string()) refuse();
    return std::string(std::string_view(found->get_string()));
}

}  // namespace

std::string parameter_request(std::string_view path, std::string_view next) {
    std::string json;
    {
        util::json_object asked(json);
        asked.add("Path", path);
        asked.add("Recursive", true);
        asked.add("WithDecryption", true);
        asked.add("MaxResults", page_size);
        if (!next.empty()) asked.add("NextToken", next);
    }
    return json;
}

parameter_page read_parameter_page(std::string_view json) {
    boost::system::error_code failed;
    const auto answer = boost::json::parse(json, failed);
    const auto* object = failed ? nullptr : answer.if_object();
    const auto* member = object != nullptr ? object->if_contains("Parameters") : nullptr;
    const auto* list = member != nullptr ? member->if_array() : nullptr;
    if (list == nullptr) refuse();
    parameter_page page;
    for (const auto& each : *list) {
        const auto* one = each.if_object();
        if (one == nullptr) refuse();
        auto name = text_at(*one, "Name");
        auto value = text_at(*one, "Value");
        if (!name || name->empty() || !value) refuse();
        page.parameters.push_back({*std::move(name), *std::move(value)});
    }
    page.next = text_at(*object, "NextToken").value_or("");
    return page;
}

}  // namespace palabre::function
