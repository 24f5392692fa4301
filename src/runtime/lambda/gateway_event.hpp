// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "runtime/lambda/gateway_identity.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palabre::lambda {

// The event is no HTTP request of API Gateway, or holds what it cannot hold. what() says what.
class event_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct event_options {
    // The header, lower case, in which whoever stands before the gateway names the client:
    // "cloudfront-viewer-address". Only to be set when nobody can reach the gateway without it;
    // otherwise the gateway's own word counts.
    std::string client_header;
};

// One HTTP request as API Gateway or a function URL hands it to a function. Holds the bytes that
// its request() views. Not moved: views would lose what they look at.
class gateway_event {
public:
    // Reads the JSON of the event. Whatever is null or missing there is empty here; unknown members
    // are passed over. Throws event_error.
    gateway_event(std::string_view json, const event_options& how);
    gateway_event(const gateway_event&) = delete;
    gateway_event& operator=(const gateway_event&) = delete;

    // As the server would have made it of the same request, but for Accept-Encoding: the gateway or
    // CloudFront compresses. Lives as long as the event.
    [[nodiscard]] http::request request() const;

    [[nodiscard]] payload format() const noexcept { return format_; }
    [[nodiscard]] const gateway_identity& who() const noexcept { return who_; }

    // The body was announced as base64 and is none: nothing of it is in request().
    [[nodiscard]] bool has_bad_body() const noexcept { return bad_body_; }

private:
    payload format_ = payload::v1;
    http::method verb_ = http::method::other;
    std::string path_;
    std::string query_;
    std::vector<std::pair<std::string, std::string>> headers_;
    std::string body_;
    std::string host_;
    std::string request_id_;
    ip_address client_;
    gateway_identity who_;
    std::string vouched_name_;
    bool bad_body_ = false;
};

}  // namespace palabre::lambda
