// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/lambda/runtime_api.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace palabre::lambda {

// What is done with an event: its answer, JSON. May throw.
using function = std::function<std::string(const invocation&)>;

// Told of what went wrong, in a sentence: to the log.
using teller = std::function<void(std::string_view)>;

// Done between two events, once the first is answered: Lambda hands over no other meanwhile, and
// the time of the first goes on. Does not throw.
using between_events = std::function<void(const invocation& answered)>;

// Takes events and answers them, one after the other, until Lambda is gone; then throws
// runtime_gone. A function that throws has failed for this event only, unless it ran out of memory.
// The environment variable _X_AMZN_TRACE_ID is that of the event meanwhile: one loop in a process,
// and no other thread that reads the environment.
[[noreturn]] void serve(
    runtime_api& api, const function& answer, const teller& tell, const between_events& then = {}
);

}  // namespace palabre::lambda
