// SPDX-License-Identifier: Apache-2.0
#include "cli/backup_commands.hpp"

#include "archive/dynamodb_export.hpp"
#include "cli/find_backup.hpp"
#include "cli/passing_folder.hpp"
#include "cli/restorable.hpp"
#include "home/cloud/cloud.hpp"
#include "home/machine/make_backup.hpp"
#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "service/list_backups.hpp"
#include "system/system_clock.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

namespace palabre::cli {
namespace {

machine::backup_place::lock lock(const machine::backup_place& place) {
    if (auto held = place.try_lock()) return *std::move(held);
    throw std::runtime_error(fmt::format(
        "another process makes or removes backups in {} now; try again when it is done.",
        place.name()
    ));
}

void print_line(const listed_backup& each) {
    if (each.exported) {
        return fmt::print(
            "{:<26}{:>10}{:>12}{:>12}\n",
            each.name,
            "export",
            each.exported->site ? std::to_string(each.exported->site->count) : "-",
            fmt::format("{} items", each.exported->items)
        );
    }
    if (!each.of || !each.is_good())
        return fmt::print("{:<26}damaged: {}\n", each.name, each.problem);
    fmt::print(
        "{:<26}{:>10}{:>12}{:>12}\n",
        each.name,
        each.of->comments.count,
        each.of->site ? std::to_string(each.of->site->count) : "-",
        machine::size_text(each.of->bytes())
    );
}

}  // namespace

exit_code make_a_backup(const backup_request& asked, const chosen_settings& chosen) {
    machine::backup_place place(place_for(asked, chosen), home::variables_of_process());
    const auto database = machine::database_of(chosen.settings);
    if (!std::filesystem::exists(database)) {
        throw std::runtime_error(fmt::format(
            "there is nothing to back up: {} does not exist. Its folder is set by folder in "
            "[store].",
            database.string()
        ));
    }
    const system_clock wall;
    const auto alone = lock(place);
    const auto store = machine::open_store(chosen.settings, wall, nullptr);
    const auto began = std::chrono::steady_clock::now();
    try {
        const auto made = machine::make_backup(chosen.settings, *store, place, wall, {});
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        fmt::print(
            "{}\n{}, in {:.1f} s.\n",
            place.name() + "/" + made.name,
            machine::summary_of(made.of),
            took.count()
        );
        return exit_code::fine;
    } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format("no backup was made: {}.", error.what()));
    }
}

exit_code list_the_backups(const backup_request& asked, const chosen_settings& chosen) {
    machine::backup_place place(place_for(asked, chosen), home::variables_of_process());
    const auto all = list_backups(place.store());
    if (all.empty()) {
        fmt::print("No backups in {}.\n", place.name());
        return exit_code::fine;
    }
    fmt::print("{:<26}{:>10}{:>12}{:>12}\n", "backup", "comments", "site files", "size");
    for (const auto& each : all)
        print_line(each);
    return exit_code::fine;
}

exit_code verify_a_backup(const backup_request& asked, const chosen_settings& chosen) {
    const auto found = find_backup(asked, chosen);
    try {
        const auto of = open_restorable(found.place->store(), found.name);
        const passing_folder work;
        of->verify(work.path());
        fmt::print(
            "{} is whole: {}, {}, made at {}.\n",
            found.name,
            of->kind(),
            of->summary(),
            of->made_at()
        );
        return exit_code::fine;
    } catch (const archive::archive_error& error) {
        throw std::runtime_error(fmt::format("{} is no good: {}.", found.name, error.what()));
    } catch (const archive::export_error& error) {
        throw std::runtime_error(fmt::format("{} is no good: {}.", found.name, error.what()));
    }
}

exit_code prune_the_backups(const backup_request& asked, const chosen_settings& chosen) {
    machine::backup_place place(place_for(asked, chosen), home::variables_of_process());
    const auto keep = machine::retention_of(chosen.settings);
    const auto alone = lock(place);
    try {
        const auto names = asked.only_say ? find_expired_backups(place.store(), keep)
                                          : prune_backups(place.store(), keep);
        for (const auto& name : names)
            fmt::print("{}{}\n", asked.only_say ? "would remove " : "removed ", name);
        if (names.empty()) fmt::print("All backups stay.\n");
        return exit_code::fine;
    } catch (const archive::archive_error& error) {
        throw std::runtime_error(fmt::format(
            "nothing was removed, because the newest backup is no good: {}.", error.what()
        ));
    }
}

}  // namespace palabre::cli
