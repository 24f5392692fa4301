// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace palabre::aws {

// Where a service answers.
struct endpoint {
    bool tls = true;
    std::string host;  // a name, or an address without brackets
    std::uint16_t port = 443;
    std::string base_path;  // "" or "/below": client puts it before every path
    bool operator==(const endpoint&) const = default;
};

// What the Host header says: the port only when it is not the usual one.
[[nodiscard]] std::string host_header(const endpoint& of);

// Reads "https://host:port/below". Throws std::runtime_error, naming `setting`.
[[nodiscard]] endpoint parse_endpoint(std::string_view url, std::string_view setting);

// Of "dynamodb", "s3", "ssm": AWS_ENDPOINT_URL_<SERVICE>, else AWS_ENDPOINT_URL, else the address
// of AWS in that region. Throws std::runtime_error when a variable holds no such URL.
[[nodiscard]] endpoint endpoint_of(
    std::string_view service, std::string_view region, const variables& environment
);

// AWS_REGION, else AWS_DEFAULT_REGION. Throws std::runtime_error when neither is set.
[[nodiscard]] std::string region_of(const variables& environment);

}  // namespace palabre::aws
