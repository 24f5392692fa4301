// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "load/options.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// The requests to send, as bytes, read from a file with one a line: "GET /a?b", or
// "POST /a", a tab, and a body in JSON.
class requests {
public:
    // Throws std::runtime_error when there is none.
    explicit requests(const options& chosen);

    [[nodiscard]] std::string_view next();

private:
    std::vector<std::string> all_;
    order taken_;
    std::size_t at_ = 0;
    std::mt19937_64 chance_;
};

}  // namespace bench
