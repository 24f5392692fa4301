// SPDX-License-Identifier: Apache-2.0
// The program `bootstrap`: one function of AWS Lambda, chosen by its handler. Everything is built
// here, top to bottom.
#include "home/function/api_function.hpp"
#include "home/function/invocation_log.hpp"
#include "home/function/invocation_time.hpp"
#include "home/function/names.hpp"
#include "home/function/process.hpp"
#include "home/function/run.hpp"
#include "http/page_cache.hpp"
#include "runtime/lambda/function_loop.hpp"
#include "store/dynamodb/dynamodb_store.hpp"
#include "store/dynamodb/service.hpp"
#include "system/random_ids.hpp"

#include <unistd.h>

#include <array>
#include <chrono>

namespace palabre {
namespace {

using clock = std::chrono::steady_clock;

// What API Gateway asks.
void serve_api(lambda::runtime_api& runtime, function::cloud& with) {
    // What the owner chose.
    auto source = function::make_settings_source(with);
    const auto settings = source.first(clock::now());

    // Time and chance.
    function::invocation_time time;
    random_ids ids;

    // Comments. Nothing is kept of them: other processes write, and tell us nothing.
    auto database = with.make_client(store::dynamodb_service(with.environment()));
    http::page_cache no_pages(0);
    store::dynamodb_options how;
    if (!settings.table.empty()) how.table = settings.table;
    how.deadline = [&time] { return time.deadline(); };
    store::dynamodb_store comments(database, with.wall(), how);

    // What is written down of each request.
    function::invocation_log log(
        STDOUT_FILENO, function::api_handler, function::start_of(with.environment())
    );

    // The application.
    function::api_function api(
        {{comments, comments, comments, with.wall(), ids}, no_pages, time, log, function::tell},
        settings
    );

    // The first request finds a connection that is open already.
    database.warm_up(clock::now() + function::warm_up_patience);

    lambda::serve(
        runtime,
        [&](const auto& asked) { return api.answer(asked); },
        function::tell,
        [&](const auto&) { api.look_for_new_settings(source); }
    );
}

constexpr std::array functions{
    function::known_function{function::api_handler, serve_api},
};

}  // namespace
}  // namespace palabre

int main() {
    return palabre::function::run(palabre::functions, palabre::function::variables_of_process());
}
