// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"
#include "service/caller.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::http {

// What stands at a path, for one method.
struct route {
    method verb;
    std::string_view pattern;   // a path; "{id}" at its end takes whatever one segment is
    std::string_view name;      // that of the contract, for logs and metrics
    std::optional<role> needs;  // none: anybody
    std::function<response(const request&, const caller&)> answer;
};

// Finds the route for a request. Read only once it is filled, and then safe from any thread.
class router {
public:
    // The more exact pattern is added first.
    void add(route one) { routes_.push_back(std::move(one)); }

    struct match {
        const route* found = nullptr;
        std::string methods;  // of the path, for Allow; empty when nothing stands there
    };

    // HEAD finds what GET does (RFC 9110 §9.3.2).
    [[nodiscard]] match look_up(const request& asked) const;

private:
    std::vector<route> routes_;
};

// The last segment of a path: what stands for {id}.
[[nodiscard]] std::string_view last_segment(std::string_view path) noexcept;

// HEAD is answered as GET is; whoever sends the answer leaves the body out.
[[nodiscard]] constexpr method effective(method verb) noexcept {
    return verb == method::head ? method::get : verb;
}

// A 200 of JSON that no cache may keep, or another status.
[[nodiscard]] response json_response(unsigned status, std::string json);

}  // namespace palabre::http
