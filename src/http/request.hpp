// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"
#include "core/ip_address.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace palabre::http {

enum class method { get, head, post, put, patch, delete_resource, options, other };

// "GET", "POST", …; "OTHER" for what we have no name for, lest clients invent labels of metrics.
[[nodiscard]] std::string_view name_of(method verb) noexcept;

struct header_view {
    std::string_view name;
    std::string_view value;
};

// Whom a gateway in front of us has let in, by means of its own.
struct vouched_caller {
    role may = role::site;
    std::string_view name;   // for the audit: "gateway-key:…", "user:…"
    bool signed_in = false;  // it knows who the person is
};

// A request as a plain value. It owns nothing: the views live as long as the call it is given to.
struct request {
    method verb = method::get;
    std::string_view path;   // as sent, percent-encoded, begins with '/'
    std::string_view query;  // as sent, without the '?'; may be empty
    std::vector<header_view> headers;
    std::string_view body;
    std::string_view host;  // of the Host header, checked to be a host and port; may be empty
    std::string_view request_id;
    bool secure = false;  // came over TLS, to us or to a proxy that we trust
    ip_address client;    // who asked, proxies that we trust left out
    // Set by a runtime that nobody can reach but through its gateway, and by no other: a server,
    // which anybody can write to, knows nobody who could vouch.
    std::optional<vouched_caller> vouched;
    std::chrono::steady_clock::time_point received_at;  // for elapsed time only

    // The value of the first header of that name, in whatever case. Empty when absent.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
};

}  // namespace palabre::http
