// SPDX-License-Identifier: Apache-2.0
#include "cli/restore_to_table.hpp"

#include "cli/passing_folder.hpp"
#include "cli/restorable.hpp"
#include "home/cloud/cloud.hpp"
#include "store/dynamodb/dynamodb_move_sink.hpp"
#include "store/dynamodb/dynamodb_store.hpp"
#include "store/dynamodb/service.hpp"
#include "system/system_clock.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace palabre::cli {
namespace {

constexpr std::string_view scheme = "dynamodb:";

std::string table_in(const std::string& to) {
    if (to.starts_with(scheme) && to.size() > scheme.size()) return to.substr(scheme.size());
    throw std::runtime_error(
        fmt::format("--to takes dynamodb:TABLE, and no \"{}\"; leave it out to restore here.", to)
    );
}

}  // namespace

exit_code restore_to_table(const backup_request& asked, const found_backup& found) {
    const auto table = table_in(asked.to);
    if (asked.with_site) {
        throw std::runtime_error(
            "--with-site restores to a folder, and a table has none; restore the site by itself."
        );
    }
    try {
        const auto of = open_restorable(found.place->store(), found.name);
        fmt::print("{} is {}.\n", found.name, of->kind());
        home::cloud access(home::variables_of_process());
        auto service = access.make_client(store::dynamodb_service(access.environment()));
        // Not what an earlier run left half-way: that might have been of another backup.
        const system_clock wall;
        store::dynamodb_store(service, wall, {table, nullptr, {}}).check();
        const passing_folder work;
        store::dynamodb_move_sink sink(service, table);
        of->give(sink, nullptr, work.path());
        sink.open_up();
        fmt::print("Restored {} to the table {}: {}.\n", found.name, table, of->summary());
        return exit_code::fine;
    } catch (const std::exception& error) {
        throw std::runtime_error(
            fmt::format("{} was not restored to {}: {}.", found.name, table, error.what())
        );
    }
}

}  // namespace palabre::cli
