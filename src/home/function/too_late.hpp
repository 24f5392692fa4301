// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/cors.hpp"
#include "http/handler.hpp"

#include <string>
#include <vector>

namespace palabre::function {

// Answers in the place of the application when an invocation begins with too little time: what is
// begun and cut off would leave nobody knowing whether it was done.
class too_late final : public http::handler {
public:
    explicit too_late(std::vector<std::string> allowed_origins);

    [[nodiscard]] std::optional<http::response> answer_at_once(const http::request& asked) override;
    [[nodiscard]] http::response handle(const http::request& asked) override;

private:
    const http::cors cors_;
};

}  // namespace palabre::function
