// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"

namespace palabre::machine {

// Stands where the site would, for an owner who serves comments alone: everything is a 404.
class absent_site final : public http::handler {
public:
    std::optional<http::response> answer_at_once(const http::request& asked) override;
    http::response handle(const http::request& asked) override;
};

}  // namespace palabre::machine
