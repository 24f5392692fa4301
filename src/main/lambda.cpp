// SPDX-License-Identifier: Apache-2.0
// The program `bootstrap`, which AWS Lambda starts. Everything is built here, top to bottom.
#include "contract/openapi_json.hpp"
#include "http/api.hpp"
#include "http/page_cache.hpp"
#include "runtime/lambda/function_loop.hpp"
#include "runtime/lambda/gateway_function.hpp"
#include "runtime/lambda/runtime_api.hpp"
#include "store/memory/memory_store.hpp"
#include "system/random_bytes.hpp"
#include "system/random_ids.hpp"
#include "system/system_clock.hpp"
#include "util/version.hpp"

#include <openssl/crypto.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

namespace palabre {
namespace {

// One line, one write: a process that is frozen keeps what it has not written yet.
void tell(std::string_view sentence) {
    const std::string line = "palabre: " + std::string(sentence) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

http::api_options options() {
    http::api_options made;
    made.edit_secret = random_bytes(secret_bytes);
    made.version = version();
    made.contract_json = openapi_json();
    made.report_fault = [](std::string_view request_id, std::string_view reason) {
        tell("request " + std::string(request_id) + ": " + std::string(reason));
    };
    return made;
}

[[noreturn]] void run(std::string_view address) {
    // No configuration file of OpenSSL is looked for: there is none on Lambda.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    lambda::runtime_api runtime(address);

    const system_clock wall;
    random_ids ids;
    http::page_cache cache(0);
    store::memory_store store(wall, &cache);
    http::api api(options(), {store, store, store, wall, ids}, cache);

    lambda::serve(
        runtime,
        [&](const lambda::invocation& asked) {
            return lambda::answer_event(api, asked.event, lambda::event_options{});
        },
        tell
    );
}

}  // namespace
}  // namespace palabre

int main() {
    const char* address = std::getenv("AWS_LAMBDA_RUNTIME_API");
    if (address == nullptr) {
        palabre::tell("AWS_LAMBDA_RUNTIME_API is not set: AWS Lambda starts this program");
        return EXIT_FAILURE;
    }
    try {
        palabre::run(address);
    } catch (const std::exception& error) {
        palabre::tell(error.what());
        return EXIT_FAILURE;
    }
}
