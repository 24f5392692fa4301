// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_event.hpp"

#include "runtime/lambda/event_json.hpp"
#include "util/base64url.hpp"
#include "util/percent.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace palabre::lambda {
namespace {

using boost::json::object;

// Three times the events that browsers cause (4 to 5 kB of JSON).
constexpr std::size_t event_memory_bytes = std::size_t{16} * 1024;

http::method method_of(std::string_view name) {
    struct row {
        std::string_view name;
        http::method verb;
    };
    constexpr std::array<row, 7> rows{{
        {"GET", http::method::get},
        {"HEAD", http::method::head},
        {"POST", http::method::post},
        {"PUT", http::method::put},
        {"PATCH", http::method::patch},
        {"DELETE", http::method::delete_resource},
        {"OPTIONS", http::method::options},
    }};
    const auto found = std::ranges::find(rows, name, &row::name);
    return found == rows.end() ? http::method::other : found->verb;
}

// "/commentaires/{id}" and its parameters make the path that our routes know, without the base path
// of a custom domain, which stands in `path`. None when a parameter is missing.
std::optional<std::string> fill(std::string_view resource, const object& parameters) {
    std::string made;
    while (!resource.empty()) {
        const std::size_t open = std::min(resource.find('{'), resource.size());
        made.append(resource.substr(0, open));
        resource.remove_prefix(open);
        if (resource.empty()) break;
        const std::size_t close = resource.find('}');
        if (close == std::string_view::npos) return std::nullopt;
        std::string_view name = resource.substr(1, close - 1);
        const bool greedy = name.ends_with('+');
        if (greedy) name.remove_suffix(1);
        const auto* value = parameters.if_contains(name);
        if (value == nullptr || !value->is_string()) return std::nullopt;
        made += util::percent_encode(value->as_string(), greedy ? "/" : "");
        resource.remove_prefix(close + 1);
    }
    return made;
}

std::string path_of_v1(const object& event) {
    const std::string resource = text_in(event, "resource");
    if (resource.starts_with('/')) {
        if (auto made = fill(resource, object_in(event, "pathParameters"))) return *std::move(made);
    }
    return text_in(event, "path");
}

// A stage with a name of its own stands in front of the path.
std::string path_of_v2(const object& event, const object& context) {
    std::string path = text_in(event, "rawPath");
    const std::string stage = "/" + text_in(context, "stage");
    const bool below =
        path.starts_with(stage) && (path.size() == stage.size() || path[stage.size()] == '/');
    if (stage != "/$default" && below) path.erase(0, stage.size());
    return path.empty() ? "/" : path;
}

void add_parameter(std::string& query, std::string_view name, std::string_view value) {
    if (!query.empty()) query.push_back('&');
    query.append(util::percent_encode(name)).append("=").append(util::percent_encode(value));
}

// REST APIs give parameters decoded.
std::string query_of_v1(const object& event) {
    std::string query;
    each_text(
        event,
        "multiValueQueryStringParameters",
        "queryStringParameters",
        [&](auto name, auto value) { add_parameter(query, name, value); }
    );
    return query;
}

// "192.0.2.1", "192.0.2.1/32", "192.0.2.1:443", "[2001:db8::1]:443", "2001:db8::1:443"
// (CloudFront).
ip_address address_in(std::string_view text) {
    text = text.substr(0, text.find('/'));
    if (const auto whole = parse_ip_address(text)) return *whole;
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    text = text.substr(0, colon);
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    return parse_ip_address(text).value_or(ip_address{});
}

}  // namespace

gateway_event::gateway_event(std::string_view json, const event_options& how) {
    // Most events fit; what does not is asked of the heap.
    std::array<unsigned char, event_memory_bytes> space;  // NOLINT(*-member-init): written first
    boost::json::monotonic_resource memory(space.data(), space.size());
    const object event = parse_event(json, &memory);
    const object& context = object_in(event, "requestContext");
    const bool second = text_in(event, "version") == "2.0";
    format_ = second ? payload::v2 : payload::v1;
    const object& http = object_in(context, "http");
    verb_ = method_of(second ? text_in(http, "method") : text_in(event, "httpMethod"));
    path_ = second ? path_of_v2(event, context) : path_of_v1(event);
    if (!path_.starts_with('/')) throw event_error("the event has no path: is it an HTTP request?");
    query_ = second ? text_in(event, "rawQueryString") : query_of_v1(event);
    host_ = text_in(context, "domainName");
    request_id_ = text_in(context, "requestId");
    client_ = address_in(
        second ? text_in(http, "sourceIp") : text_in(object_in(context, "identity"), "sourceIp")
    );
    each_text(event, "multiValueHeaders", "headers", [&](auto name, auto value) {
        std::string lower(name);
        std::ranges::transform(lower, lower.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (!how.client_header.empty() && lower == how.client_header) client_ = address_in(value);
        if (lower != "accept-encoding") headers_.emplace_back(std::move(lower), value);
    });
    who_ = who_in(context, format_);
    vouched_name_ = name_for_audit(who_);
    body_ = text_in(event, "body");
    if (!flag_in(event, "isBase64Encoded")) return;
    auto bytes = util::from_base64(body_);
    bad_body_ = !bytes;
    body_ = std::move(bytes).value_or("");
}

http::request gateway_event::request() const {
    http::request made;
    made.verb = verb_;
    made.path = path_;
    made.query = query_;
    made.headers.reserve(headers_.size());
    for (const auto& [name, value] : headers_)
        made.headers.push_back({name, value});
    made.body = body_;
    made.host = host_;
    made.request_id = request_id_;
    made.secure = true;  // gateways speak nothing else
    made.client = client_;
    made.received_at = std::chrono::steady_clock::now();
    made.vouched = voucher_for(who_, vouched_name_);
    return made;
}

}  // namespace palabre::lambda
