// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/function_loop.hpp"

#include <cstdlib>
#include <exception>
#include <optional>

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
    tell(std::string("the function failed: ").append(reason));
    const auto how = api.fail(of, {"Function.Exception", "The function failed; its log says why."});
    if (how != taken::yes) tell("Lambda did not take the failure either");
}

std::optional<std::string> try_to_answer(
    runtime_api& api, const invocation& asked, const function& answer, const teller& tell
) {
    try {
        return answer(asked);
    } catch (const std::exception& error) {
        report(api, asked, error.what(), tell);
    } catch (...) {
        report(api, asked, "something was thrown that is no exception", tell);
    }
    return std::nullopt;
}

}  // namespace

void serve(runtime_api& api, const function& answer, const teller& tell) {
    for (;;) {
        const invocation asked = api.next();
        set_trace(asked.trace_id);
        auto bytes = try_to_answer(api, asked, answer, tell);
        if (!bytes) continue;
        // Nothing more is said of this event: after a refusal, /error would be refused too.
        switch (api.answer(asked, *std::move(bytes))) {
            case taken::yes:
                break;
            case taken::too_large:
                tell("the answer was larger than Lambda takes");
                break;
            case taken::refused:
                tell("Lambda did not take the answer: it came too late");
                break;
        }
    }
}

}  // namespace palabre::lambda
