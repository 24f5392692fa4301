// SPDX-License-Identifier: Apache-2.0
// The program `bootstrap`: one function of AWS Lambda, chosen by its handler. Everything is built
// here, top to bottom.
#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_place.hpp"
#include "home/cloud/cloud.hpp"
#include "home/function/api_function.hpp"
#include "home/function/backup_function.hpp"
#include "home/function/backup_places.hpp"
#include "home/function/invocation_log.hpp"
#include "home/function/invocation_time.hpp"
#include "home/function/names.hpp"
#include "home/function/process.hpp"
#include "home/function/run.hpp"
#include "http/page_cache.hpp"
#include "runtime/lambda/function_loop.hpp"
#include "store/dynamodb/dynamodb_store.hpp"
#include "store/dynamodb/service.hpp"
#include "store/dynamodb/table.hpp"
#include "system/random_ids.hpp"
#include "util/version.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>

namespace palabre {
namespace {

using clock = std::chrono::steady_clock;

// What API Gateway asks.
void serve_api(lambda::runtime_api& runtime, home::cloud& with) {
    // What the owner chose.
    auto source = function::make_settings_source(with);
    const auto settings = source.first(clock::now());

    // Time and chance.
    function::invocation_time time;
    random_ids ids;

    // Comments, and their pages as bytes.
    auto database = with.make_client(store::dynamodb_service(with.environment()));
    http::page_cache pages(function::api_function::cache_bytes);
    store::dynamodb_options how;
    if (!settings.table.empty()) how.table = settings.table;
    how.observer = &pages;
    how.deadline = [&time] { return time.deadline(); };
    store::dynamodb_store comments(database, with.wall(), how);

    // What is written down of each request.
    function::invocation_log log(
        STDOUT_FILENO, function::api_handler, function::start_of(with.environment())
    );

    // The application.
    function::api_function api(
        {{comments, comments, comments, with.wall(), ids},
         pages,
         comments,
         time,
         log,
         function::tell},
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

// A bucket with its client; a call ends with the event, and earlier.
struct bucket_of_function {
    bucket_of_function(
        home::cloud& with, const std::string& name, const function::invocation_time& time
    )
        : client(with.make_client(blob::s3_service(name, with.environment()))),
          in(name, aws::region_of(with.environment()), client, [&time] {
              return std::min(time.deadline(), clock::now() + blob::bucket::call_time_max);
          }) {}

    aws::client client;
    blob::bucket in;
};

// What a schedule calls once a day.
void serve_backup(lambda::runtime_api& runtime, home::cloud& with) {
    // What the owner chose.
    const auto places = function::backup_places_of(with.environment());

    // Time.
    function::invocation_time time;

    // The buckets.
    bucket_of_function backups(with, places.backups.bucket, time);
    std::optional<bucket_of_function> site;

    // The table.
    auto database = with.make_client(store::dynamodb_service(with.environment()));
    const auto table = with.environment()(function::table_variable);
    function::table_exports exports(
        database,
        table.value_or(std::string(store::dynamodb::default_table)),
        [&time] { return time.deadline(); }
    );

    // The function.
    function::backup_function::parts parts{
        {backups.in, places.backups.prefix},
        std::nullopt,
        exports,
        with.wall(),
        time,
        function::tell,
        [](std::string_view lines) { function::write_whole(STDOUT_FILENO, lines); },
        "palabre " + version()
    };
    if (places.site) {
        site.emplace(with, places.site->bucket, time);
        parts.site.emplace(function::site_copier::place{site->in, places.site->prefix});
    }
    function::backup_function backup(parts);

    lambda::serve(runtime, [&](const auto& asked) { return backup.answer(asked); }, function::tell);
}

constexpr std::array functions{
    function::known_function{function::api_handler, serve_api},
    function::known_function{function::backup_handler, serve_backup},
};

}  // namespace
}  // namespace palabre

int main() {
    return palabre::function::run(palabre::functions, palabre::home::variables_of_process());
}
