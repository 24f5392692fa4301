// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/function_loop.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <utility>

namespace palabre::lambda {
namespace {

constexpr const char* trace_variable = "_X_AMZN_TRACE_ID";

void set_trace(const std::string& id) {
    if (id.empty()) {
        ::unsetenv(trace_variable);
    } else {
        ::setenv(trace_variable, id.c_str(), 1);
    }
}

// What an exception says is for the log: in the answer, the gateway would show it to whoever asked.
void report(runtime_api& api, const invocation& of, std::string_view reason, const teller& tell) {
    tell(fmt::format("invocation {}: the function failed: {}", of.request_id, reason));
    const auto how = api.fail(of, {"Function.Exception", "The function failed; its log says why."});
    if (how != taken::yes) tell("Lambda did not take the failure either");
}

std::optional<std::string> try_to_answer(
    runtime_api& api, const invocation& asked, const function& answer, const teller& tell
) {
    try {
        return answer(asked);
    } catch (const std::bad_alloc&) {
        // Whatever else is kept in memory may be half done: a new process is sure to be whole.
        report(api, asked, "there was not enough memory", tell);
        throw runtime_gone("there was not enough memory: raise that of the function");
    } catch (const std::exception& error) {
        report(api, asked, error.what(), tell);
    } catch (...) {
        report(api, asked, "something was thrown that is no exception", tell);
    }
    return std::nullopt;
}

// Nothing more is said of an event than this: after a refusal, /error would be refused too.
void hand_over(runtime_api& api, const invocation& asked, std::string bytes, const teller& tell) {
    switch (api.answer(asked, std::move(bytes))) {
        case taken::yes:
            break;
        case taken::too_large:
            tell(fmt::format(
                "invocation {}: the answer was larger than Lambda takes", asked.request_id
            ));
            break;
        case taken::refused:
            tell(fmt::format(
                "invocation {}: Lambda did not take the answer: it came too late", asked.request_id
            ));
            break;
    }
}

}  // namespace

void serve(
    runtime_api& api, const function& answer, const teller& tell, const between_events& then
) {
    for (;;) {
        const invocation asked = api.next();
        set_trace(asked.trace_id);
        if (auto bytes = try_to_answer(api, asked, answer, tell)) {
            hand_over(api, asked, *std::move(bytes), tell);
        }
        if (then) then(asked);
    }
}

}  // namespace palabre::lambda
