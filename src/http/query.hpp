// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::http {

// The parameters of a query string, read as application/x-www-form-urlencoded (WHATWG URL §5.1).
class query {
public:
    explicit query(std::string_view text);

    // The value of the first parameter of that name.
    [[nodiscard]] std::optional<std::string> first(std::string_view name) const;
    // The values of all parameters of that name, in order.
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;

private:
    struct parameter {
        std::string name;
        std::string value;
    };
    std::vector<parameter> parameters_;
};

}  // namespace palabre::http
