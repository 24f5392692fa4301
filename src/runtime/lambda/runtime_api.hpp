// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/connection.hpp"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace palabre::lambda {

// One event, and what Lambda says of it. Only the id is always there.
struct invocation {
    std::string request_id;
    std::string event;                        // JSON, up to 6 MB
    std::optional<std::int64_t> deadline_ms;  // since 1970; then Lambda ends the process
    std::string trace_id;                     // X-Ray's; may be empty
};

// What went wrong, as Lambda wants to hear it.
struct function_failure {
    std::string type;  // "Function.Exception": Lambda keeps only (Runtime|Function).[A-Z][a-zA-Z]+
    std::string message;  // UTF-8
};

// Lambda no longer talks to us as it should: the process has to end, and gets a successor.
class runtime_gone : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// How an answer was taken.
enum class taken {
    yes,
    too_large,  // 413: the client gets an error, and so does no second try
    refused,    // too late, or for another invocation
};

// The Runtime API of AWS Lambda, version 2018-06-01 (docs.aws.amazon.com/lambda/latest/dg/
// runtimes-api.html): plain HTTP on the loopback, one connection. Used by one thread.
class runtime_api {
public:
    // `address` is the value of AWS_LAMBDA_RUNTIME_API, "host:port". Throws std::runtime_error when
    // it is none.
    explicit runtime_api(std::string_view address);

    // The next event; waits for as long as it takes, frozen or not. Throws runtime_gone.
    [[nodiscard]] invocation next();

    // Throw runtime_gone when Lambda says that the process is done for.
    taken answer(const invocation& to, std::string bytes);
    taken fail(const invocation& what, const function_failure& why);

    // Instead of the first next(): the function cannot start. Whatever comes of it, the process
    // ends.
    void fail_start(const function_failure& why) noexcept;

private:
    [[nodiscard]] aws::response post(
        std::string path, std::string body, std::string_view error_type
    );

    const aws::endpoint where_;
    aws::connection connection_;
};

}  // namespace palabre::lambda
