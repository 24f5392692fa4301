// SPDX-License-Identifier: Apache-2.0
#include "home/function/backup_function.hpp"

#include "archive/backup_name.hpp"
#include "archive/dynamodb_export.hpp"
#include "archive/manifest.hpp"
#include "home/function/backup_event.hpp"
#include "home/function/names.hpp"
#include "log/backup_line.hpp"
#include "util/json_text.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace palabre::function {
namespace {

using status = table_export::status;

constexpr std::string_view exports_folder = "/AWSDynamoDB/";

std::string read_whole(blob_store& in, const std::string& name, std::size_t bytes_max) {
    const auto reader = in.get(name);
    if (!reader) return {};
    std::string text;
    std::array<char, 4096> some{};
    while (const auto got = reader->read(some)) {
        text.append(some.data(), got);
        if (text.size() > bytes_max) throw std::runtime_error(name + " is too long to be ours");
    }
    return text;
}

}  // namespace

// What one call knows and has done.
struct backup_function::turn {
    timestamp at;
    backup_state state;
    bool knows_state = false;  // it was read
    site_copier::outcome site;
    std::uint64_t failures = 0;
    std::string done = "nothing";  // for the answer
};

backup_function::backup_function(parts with)
    : parts_(std::move(with)), store_(parts_.backups.in, parts_.backups.prefix) {}

std::string backup_function::answer(const lambda::invocation& asked) {
    turn now;
    now.at = parts_.wall.now();
    parts_.time.begin(asked, now.at, invocation_time::clock::now());
    try {
        take_turn(asked, now);
    } catch (...) {
        ++now.failures;
        write_metric_line(asked, now);
        throw;
    }
    write_metric_line(asked, now);
    std::string text;
    {
        util::json_object told(text);
        told.add("done", now.done);
        told.add("siteFilesCopied", now.site.copied);
        told.add("siteComplete", !parts_.site || now.site.complete);
        if (const auto& good = now.state.last_good) told.add("lastGood", good->backup);
    }
    return text;
}

void backup_function::take_turn(const lambda::invocation& asked, turn& now) {
    now.state = read_state(now.at);
    now.knows_state = true;
    const bool begins = !only_finishes(asked.event);
    if (!begins && !now.state.under_way) return;
    if (parts_.site) {
        site_copier copier(*parts_.site, parts_.backups, parts_.tell);
        now.site = copier.copy_until(parts_.time.deadline() - last_steps);
    }
    // A copy: it ends with what is found of it.
    if (const auto asked_for = now.state.under_way) look_at_export(*asked_for, now);
    // Also after one that has just ended: otherwise there would be a backup every other day.
    if (begins && !now.state.under_way) begin_export(asked, now);
}

backup_state backup_function::read_state(timestamp now) {
    constexpr std::size_t state_bytes_max = std::size_t{16} * 1024;
    const auto text = read_whole(store_, std::string(backup_state_name), state_bytes_max);
    if (!text.empty()) return parse_backup_state(text);
    backup_state first;
    first.begun_at = now;
    return first;
}

void backup_function::put(const std::string& name, std::string_view text) {
    const auto writer = store_.put(name);
    writer->write(text);
    writer->commit();
}

void backup_function::write_state(const backup_state& state) {
    put(std::string(backup_state_name), to_json(state));
}

void backup_function::look_at_export(const backup_state::asked_export& of, turn& now) {
    const auto found = parts_.exports.look_at(of.arn);
    if (found.how == status::under_way) {
        now.done = "the export is under way";
        return;
    }
    if (found.how == status::completed && parts_.site && !now.site.complete) {
        now.done = "the export is completed, and files of the site are still to be copied";
        parts_.tell(now.done);
        return;
    }
    std::string reason = found.reason;
    if (found.how == status::completed) {
        try {
            return finish_backup(of.backup, found, now);
        } catch (const archive::export_error& error) {
            reason = error.what();
        }
    }
    ++now.failures;
    parts_.tell(fmt::format(
        "the export for {} is no backup: {}; the next one is asked for", of.backup, reason
    ));
    now.state.under_way.reset();
    write_state(now.state);
}

// The manifest is written last, and then it is noted: a call that ends in between is made good by
// the next one, which writes the same.
void backup_function::finish_backup(
    const std::string& backup, const table_export& completed, turn& now
) {
    const auto folder = find_export(backup);
    const auto facts = archive::read_export_manifest(store_, backup + "/" + folder);
    if (completed.items && *completed.items != facts.items) {
        throw archive::export_error(fmt::format(
            "DynamoDB counts {} items, and its manifest {}", *completed.items, facts.items
        ));
    }
    const auto hash_of = [&](std::string_view file) {
        const auto name = fmt::format("{}/{}/{}", backup, folder, file);
        return util::sha256(read_whole(store_, name, archive::export_files_bytes_max));
    };
    archive::export_backup made;
    made.made_at = facts.at;
    made.program = parts_.program;
    made.folder = folder;
    made.table = facts.table_arn;
    made.items = facts.items;
    made.files = facts.files.size();
    made.summary_hash = hash_of(archive::export_summary_file);
    made.files_hash = hash_of(archive::export_files_file);
    if (parts_.site) {
        std::string list;
        for (const auto& each : now.site.files)
            archive::append_line(list, each);
        made.site = {now.site.files.size(), list.size(), util::sha256(list)};
        put(fmt::format("{}/{}", backup, archive::site_list_file), list);
    }
    put(fmt::format("{}/{}", backup, archive::manifest_file), archive::to_json(made));
    now.state.last_good = {backup, facts.at};
    now.state.under_way.reset();
    write_state(now.state);
    now.done = "a backup was completed";
}

// The folder of the export below the backup; every file that its manifest lists stands there.
std::string backup_function::find_export(const std::string& backup) const {
    const auto below = backup + std::string(exports_folder);
    const auto summary = "/" + std::string(archive::export_summary_file);
    std::string found;
    for (const auto& each : store_.list(below)) {
        if (each.name.ends_with(summary))
            found = each.name.substr(
                backup.size() + 1, each.name.size() - backup.size() - 1 - summary.size()
            );
    }
    if (found.empty()) {
        throw archive::export_error(fmt::format("{} is missing", archive::export_summary_file));
    }
    return found;
}

void backup_function::begin_export(const lambda::invocation& asked, turn& now) {
    const auto name = archive::backup_name(time_of(asked.event, now.at));
    const auto arn =
        parts_.exports.begin(parts_.backups.in.name(), parts_.backups.prefix + name, name);
    now.state.under_way = {arn, name};
    write_state(now.state);
    now.done = now.done == "nothing" ? "an export was asked for"
                                     : now.done + ", and the next export was asked for";
}

void backup_function::write_metric_line(const lambda::invocation& asked, const turn& of) {
    log::backup_metrics shown;
    shown.at = of.at;
    shown.service = backup_handler;
    shown.request_id = asked.request_id;
    shown.failures = of.failures;
    shown.site_files_copied = of.site.copied;
    if (of.knows_state) {
        const auto& good = of.state.last_good;
        const auto since = good ? good->made_at : of.state.begun_at;
        shown.last_good_age_ms = of.at.ms - since.ms;
    }
    std::string line;
    log::append_backup_metric_line(line, shown);
    parts_.write_metrics(line);
}

}  // namespace palabre::function
