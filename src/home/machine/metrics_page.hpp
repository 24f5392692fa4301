// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "metrics/registry.hpp"

namespace palabre::machine {

// GET /metrics, on an address of its own that readers do not see.
class metrics_page final : public http::handler {
public:
    // `shown` outlives the page.
    explicit metrics_page(const metrics::registry& shown) : shown_(shown) {}

    // Never: the numbers may come from the database.
    std::optional<http::response> answer_at_once(const http::request& asked) override;
    http::response handle(const http::request& asked) override;

private:
    const metrics::registry& shown_;
};

}  // namespace palabre::machine
