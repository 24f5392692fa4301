// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace palabre::aws {

struct header {
    std::string name;  // in whatever case
    std::string value;
    bool operator==(const header&) const = default;
};

// What is sent to a service: a value, without any socket. `path` and `query` stand here as they go
// over the wire, percent-encoded, the query without its '?'.
struct request {
    std::string method = "POST";
    std::string path = "/";
    std::string query;
    std::vector<header> headers;
    std::string body;
};

struct response {
    unsigned status = 0;
    std::vector<header> headers;
    std::string body;

    // Null when there is none; names are compared without regard to case.
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
};

}  // namespace palabre::aws
