// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "home/function/function_settings.hpp"
#include "home/function/invocation_log.hpp"
#include "home/function/invocation_time.hpp"
#include "home/function/settings_source.hpp"
#include "http/api.hpp"
#include "http/page_cache.hpp"
#include "runtime/lambda/gateway_function.hpp"
#include "runtime/lambda/runtime_api.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace palabre::function {

// The function `api`: the application of the server, asked by events of API Gateway. Used by one
// thread. Everything given by reference outlives it.
class api_function {
public:
    using clock = invocation_time::clock;

    // One environment answers one request at a time, so the buckets of fewer clients have to be
    // kept apart than in a server; and memory that is taken has to be written to at the start.
    static constexpr std::size_t buckets_per_scope = 4096;

    // Pages that are kept: of the 128 MB that the smallest function has, a sixteenth.
    static constexpr std::size_t cache_bytes = std::size_t{8} * 1024 * 1024;

    struct parts {
        http::api::ports over;
        http::page_cache& cache;
        section_stamps& stamps;  // of the store of `over`
        invocation_time& time;   // what the store goes by
        invocation_log& log;
        std::function<void(std::string_view)> tell;
        std::function<clock::time_point()> now = clock::now;
    };

    api_function(const parts& with, const function_settings& chosen);
    ~api_function();
    api_function(const api_function&) = delete;
    api_function& operator=(const api_function&) = delete;

    // The answer for Lambda. Throws what the function_loop makes a failed invocation of.
    [[nodiscard]] std::string answer(const lambda::invocation& asked);

    // From the next event on; the limits on posts begin anew.
    void use(const function_settings& chosen);

    // Between two events: sees whether the settings have changed.
    void look_for_new_settings(settings_source& in);

private:
    struct application;
    [[nodiscard]] lambda::gateway_reply reply_to(const lambda::invocation& asked);
    void write_down(
        const lambda::invocation& asked, const lambda::gateway_reply& reply, clock::time_point begun
    );

    const parts parts_;
    lambda::escaped_bodies bodies_;
    std::unique_ptr<application> application_;
};

}  // namespace palabre::function
