// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/runtime_api.hpp"

#include "aws/connection_error.hpp"
#include "util/json_text.hpp"

#include <charconv>
#include <utility>

namespace palabre::lambda {
namespace {

constexpr std::string_view version_path = "/2018-06-01/runtime";

// The process may be frozen between two events: no time is too long.
constexpr auto forever = aws::connection::clock::time_point::max();

std::optional<std::int64_t> number_in(const std::string* text) {
    if (text == nullptr) return std::nullopt;
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
    const bool whole = failed == std::errc() && end == text->data() + text->size();
    return whole ? std::optional(value) : std::nullopt;
}

std::string json_of(const function_failure& why) {
    std::string json;
    {
        util::json_object object(json);
        object.add("errorMessage", why.message);
        object.add("errorType", why.type);
        const util::json_array none(object.add_raw("stackTrace"));
    }
    return json;
}

taken how_taken(const aws::response& got) {
    constexpr unsigned too_large = 413;
    constexpr unsigned container_error = 500;
    if (got.status >= 200 && got.status < 300) return taken::yes;
    if (got.status >= container_error) {
        throw runtime_gone("the Runtime API answered " + std::to_string(got.status));
    }
    return got.status == too_large ? taken::too_large : taken::refused;
}

}  // namespace

runtime_api::runtime_api(std::string_view address)
    : where_(aws::parse_endpoint("http://" + std::string(address), "AWS_LAMBDA_RUNTIME_API")),
      connection_(where_, nullptr) {}

invocation runtime_api::next() {
    aws::request asked;
    asked.method = "GET";
    asked.path = std::string(version_path) + "/invocation/next";
    asked.headers = {{"Host", host_header(where_)}};
    aws::response got;
    try {
        got = connection_.exchange(asked, forever);
    } catch (const aws::connection_error& lost) {
        throw runtime_gone(std::string("no event: ") + lost.what());
    }
    if (got.status != 200) {
        throw runtime_gone("no event: the Runtime API answered " + std::to_string(got.status));
    }
    const auto* id = got.find("lambda-runtime-aws-request-id");
    if (id == nullptr || id->empty()) throw runtime_gone("an event without a request id");
    const auto* trace = got.find("lambda-runtime-trace-id");
    return {
        *id,
        std::move(got.body),
        number_in(got.find("lambda-runtime-deadline-ms")),
        trace != nullptr ? *trace : std::string(),
    };
}

aws::response runtime_api::post(std::string path, std::string body, std::string_view error_type) {
    aws::request told;
    told.path = std::move(path);
    told.headers = {{"Host", host_header(where_)}, {"Content-Type", "application/json"}};
    if (!error_type.empty()) {
        told.headers.push_back({"Lambda-Runtime-Function-Error-Type", std::string(error_type)});
    }
    told.body = std::move(body);
    try {
        return connection_.exchange(told, forever);
    } catch (const aws::connection_error& lost) {
        throw runtime_gone(std::string("an answer was not taken: ") + lost.what());
    }
}

taken runtime_api::answer(const invocation& to, std::string bytes) {
    const std::string path =
        std::string(version_path) + "/invocation/" + to.request_id + "/response";
    return how_taken(post(path, std::move(bytes), {}));
}

taken runtime_api::fail(const invocation& what, const function_failure& why) {
    const std::string path =
        std::string(version_path) + "/invocation/" + what.request_id + "/error";
    return how_taken(post(path, json_of(why), why.type));
}

void runtime_api::fail_start(const function_failure& why) noexcept {
    try {
        static_cast<void>(post(std::string(version_path) + "/init/error", json_of(why), why.type));
    } catch (const std::exception&) {
        // The exit code that follows says it too.
        return;
    }
}

}  // namespace palabre::lambda
