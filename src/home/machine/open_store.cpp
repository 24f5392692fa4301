// SPDX-License-Identifier: Apache-2.0
#include "home/machine/open_store.hpp"

#include "home/cloud/cloud.hpp"
#include "home/machine/options_of.hpp"
#include "home/machine/startup_error.hpp"
#include "store/dynamodb/dynamodb_store.hpp"
#include "store/dynamodb/service.hpp"
#include "store/sqlite/sqlite_store.hpp"

#include <fmt/format.h>

#include <exception>

namespace palabre::machine {
namespace {

std::shared_ptr<home_store> open_sqlite(
    const config::settings& chosen, const clock& wall, store_observer* observer
) {
    store::sqlite_options how;
    how.file = database_of(chosen);
    how.readers = static_cast<std::size_t>(chosen.store.readers);
    how.observer = observer;
    try {
        return std::make_shared<store::sqlite_store>(how, wall);
    } catch (const std::exception& error) {
        throw startup_error(fmt::format(
            "the database cannot be opened: {}. Its folder is set by folder in [store].",
            error.what()
        ));
    }
}

// The table, and the way there.
struct remote_store {
    remote_store(const config::settings& chosen, const clock& wall, store_observer* observer)
        : around(home::variables_of_process()),
          client(around.make_client(store::dynamodb_service(around.environment()))),
          table(client, wall, {chosen.store.table, observer, {}}) {}

    home::cloud around;
    aws::client client;
    store::dynamodb_store table;
};

std::shared_ptr<home_store> open_dynamodb(
    const config::settings& chosen, const clock& wall, store_observer* observer
) {
    try {
        const auto made = std::make_shared<remote_store>(chosen, wall, observer);
        made->table.check();
        return {made, &made->table};
    } catch (const std::exception& error) {
        throw startup_error(fmt::format(
            "the table {} cannot be used: {}. It is set by kind and table in [store].",
            chosen.store.table,
            error.what()
        ));
    }
}

}  // namespace

std::shared_ptr<home_store> open_store(
    const config::settings& chosen, const clock& wall, store_observer* observer
) {
    return is_shared(chosen) ? open_dynamodb(chosen, wall, observer)
                             : open_sqlite(chosen, wall, observer);
}

bool is_shared(const config::settings& chosen) noexcept {
    return chosen.store.kind == "dynamodb";
}

}  // namespace palabre::machine
