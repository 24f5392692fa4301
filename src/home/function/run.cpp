// SPDX-License-Identifier: Apache-2.0
#include "home/function/run.hpp"

#include "home/function/names.hpp"
#include "home/function/parameter_store.hpp"
#include "home/function/process.hpp"
#include "home/function/startup_error.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palabre::function {
namespace {

constexpr int fine = 0;
constexpr int failed = 1;

const known_function& choose(std::span<const known_function> known, std::string_view handler) {
    const auto found = std::ranges::find(known, handler, &known_function::handler);
    if (found != known.end()) return *found;
    std::vector<std::string_view> names;
    for (const auto& each : known)
        names.push_back(each.handler);
    throw startup_error(fmt::format(
        "the handler of this function is \"{}\"; set it to one of: {}.",
        handler,
        fmt::join(names, ", ")
    ));
}

int fail_start(lambda::runtime_api& runtime, std::string_view reason, std::string_view type) {
    tell_lines(reason);
    runtime.fail_start({std::string(type), "The function cannot start; its log says why."});
    return failed;
}

int serve(
    lambda::runtime_api& runtime,
    std::span<const known_function> known,
    const aws::variables& environment
) {
    try {
        const auto& chosen = choose(known, environment(handler_variable).value_or(""));
        cloud with(environment);
        chosen.serve(runtime, with);
        return fine;
    } catch (const lambda::runtime_gone& end) {
        tell(end.what());
        return failed;
    } catch (const startup_error& wrong) {
        return fail_start(runtime, wrong.what(), "Runtime.ConfigInvalid");
    } catch (const std::exception& wrong) {
        return fail_start(
            runtime,
            fmt::format("the function cannot start: {}", wrong.what()),
            "Runtime.StartFailed"
        );
    }
}

// The parameters and the client that they are read with.
struct parameter_reader {
    parameter_reader(cloud& with, const std::string& path)
        : service(with.make_client(parameter_service(with.environment()))), store(service, path) {}

    aws::client service;
    parameter_store store;
};

}  // namespace

int run(std::span<const known_function> known, const aws::variables& environment) {
    // There is no configuration of OpenSSL on Lambda, and to look for one takes time.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    const auto address = environment(runtime_api_variable);
    if (!address) {
        tell(fmt::format(
            "{} is not set: this program is a function of AWS Lambda, which sets it.",
            runtime_api_variable
        ));
        return failed;
    }
    std::optional<lambda::runtime_api> runtime;
    try {
        runtime.emplace(*address);
    } catch (const std::exception& wrong) {
        tell(wrong.what());
        return failed;
    }
    return serve(*runtime, known, environment);
}

settings_source make_settings_source(cloud& with) {
    const auto path = with.environment()(parameters_variable);
    if (!path) return {config::environment_of_process(), {}, {}};
    // Shared with the function that a settings_source keeps, which has to be copyable.
    const auto reader = std::make_shared<parameter_reader>(with, *path);
    return {config::environment_of_process(), reader->store.path(), [reader](auto deadline) {
                return reader->store.read_all(deadline);
            }};
}

}  // namespace palabre::function
