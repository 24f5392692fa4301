// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_answer.hpp"

#include "core/text.hpp"
#include "util/base64url.hpp"
#include "util/json_text.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <string_view>
#include <vector>

namespace palabre::lambda {
namespace {

std::string_view bytes_of(const http::response_body& body) {
    if (const auto* own = std::get_if<std::string>(&body)) return *own;
    const auto* shared = std::get_if<http::shared_bytes>(&body);
    assert(shared != nullptr && "the site is not served by functions");
    return shared != nullptr ? shared->bytes : std::string_view();
}

// As the server: nobody writes headers through a value.
bool is_one_line(std::string_view value) {
    return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

using headers = std::map<std::string_view, std::vector<std::string_view>>;

headers headers_of(const http::response& answer, const http::request& asked) {
    headers made;
    for (const auto& [name, value] : answer.headers)
        if (is_one_line(value)) made[name].push_back(value);
    if (!asked.request_id.empty() && is_one_line(asked.request_id)) {
        made["x-request-id"] = {asked.request_id};
    }
    return made;
}

void add_lists(util::json_object& to, const headers& all) {
    util::json_object object(to.add_raw("multiValueHeaders"));
    for (const auto& [name, values] : all) {
        util::json_array list(object.add_raw(name));
        for (const auto value : values)
            util::append_json_string(list.next(), value);
    }
}

// Fields of one name are joined, as RFC 9110 §5.3 allows for all but Set-Cookie, which we do not
// set.
void add_singles(util::json_object& to, const headers& all) {
    util::json_object object(to.add_raw("headers"));
    for (const auto& [name, values] : all) {
        std::string joined;
        for (const auto value : values)
            joined.append(joined.empty() ? "" : ", ").append(value);
        object.add(name, joined);
    }
}

// Headers and the names of members, which stand beside the body.
constexpr std::size_t usual_envelope_bytes = 1024;

void add_body(util::json_object& to, std::string_view body) {
    const bool is_text = is_valid_utf8(body);
    to.add("isBase64Encoded", !is_text);
    to.add("body", is_text ? body : std::string_view(util::to_base64(body)));
}

// What is known of a body that several answers share; empty when there is no such thing.
std::string_view known_text(const http::response_body& body, escaped_bodies* known) {
    const auto* shared = std::get_if<http::shared_bytes>(&body);
    if (known == nullptr || shared == nullptr || shared->owner == nullptr) return {};
    return known->text_of(*shared);
}

}  // namespace

std::string gateway_answer(
    const http::response& answer, const http::request& asked, payload format, escaped_bodies* known
) {
    const bool has_body = asked.verb != http::method::head && http::may_have_body(answer.status);
    const std::string_view text = has_body ? known_text(answer.body, known) : std::string_view();
    const std::string_view body = has_body ? bytes_of(answer.body) : std::string_view();
    std::string json;
    json.reserve(std::max(text.size(), body.size() + body.size() / 8) + usual_envelope_bytes);
    {
        util::json_object object(json);
        object.add("statusCode", std::uint64_t{answer.status});
        const headers all = headers_of(answer, asked);
        if (format == payload::v1) {
            add_lists(object, all);
        } else {
            add_singles(object, all);
        }
        if (text.empty()) {
            add_body(object, body);
        } else {
            object.add("isBase64Encoded", false);
            object.add_raw("body").append(text);
        }
    }
    return json;
}

}  // namespace palabre::lambda
