// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palabre::test {

// Owns the text that a request only views, and says it the way people do:
// asking("POST", "/commentaires?x=1").with("content-type", "application/json").body("{}").
class asking {
public:
    asking(std::string method, std::string target) : method_(std::move(method)) {
        const std::size_t mark = target.find('?');
        path_ = target.substr(0, mark);
        if (mark != std::string::npos) query_ = target.substr(mark + 1);
    }
    asking& with(std::string name, std::string value) {
        headers_.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    asking& body(std::string text) {
        body_ = std::move(text);
        return *this;
    }
    asking& json(std::string text) {
        return with("content-type", "application/json").body(std::move(text));
    }

    asking& from(std::string_view address) {
        client_ = parse_ip_address(address).value_or(ip_address{});
        return *this;
    }
    asking& at(std::chrono::steady_clock::time_point instant) {
        received_at_ = instant;
        return *this;
    }

    // Views into this object.
    [[nodiscard]] http::request request() const {
        http::request made;
        made.verb = verb();
        made.path = path_;
        made.query = query_;
        for (const auto& [name, value] : headers_)
            made.headers.push_back({name, value});
        made.body = body_;
        made.host = "blog.example";
        made.request_id = "0123456789abcdef";
        made.client = client_;
        made.received_at = received_at_;
        return made;
    }

private:
    [[nodiscard]] http::method verb() const {
        if (method_ == "GET") return http::method::get;
        if (method_ == "HEAD") return http::method::head;
        if (method_ == "POST") return http::method::post;
        if (method_ == "PATCH") return http::method::patch;
        if (method_ == "PUT") return http::method::put;
        if (method_ == "DELETE") return http::method::delete_resource;
        if (method_ == "OPTIONS") return http::method::options;
        return http::method::other;
    }

    std::string method_;
    std::string path_;
    std::string query_;
    std::string body_;
    ip_address client_;
    std::chrono::steady_clock::time_point received_at_;
    std::vector<std::pair<std::string, std::string>> headers_;
};

// The bytes of an answer that is held in memory.
inline std::string text_of(const http::response& answer) {
    if (const auto* owned = std::get_if<std::string>(&answer.body)) return *owned;
    return std::string(std::get<http::shared_bytes>(answer.body).bytes);
}

inline std::string header_of(const http::response& answer, std::string_view name) {
    const std::string* value = answer.find(name);
    return value == nullptr ? std::string("(absent)") : *value;
}

}  // namespace palabre::test
