// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::function {

// One parameter of AWS Systems Manager, decrypted.
struct stored_parameter {
    std::string name;  // "/palabre/production/moderation/links_max"
    std::string value;
    bool operator==(const stored_parameter&) const = default;
};

// One answer to GetParametersByPath.
struct parameter_page {
    std::vector<stored_parameter> parameters;
    std::string next;  // the token of the page that follows; empty: this is the last
};

// The body of a request for one page.
[[nodiscard]] std::string parameter_request(std::string_view path, std::string_view next);

// Throws std::runtime_error, without a word of what it holds, when it is no such answer.
[[nodiscard]] parameter_page read_parameter_page(std::string_view json);

}  // namespace palabre::function
