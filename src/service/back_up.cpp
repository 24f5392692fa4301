// SPDX-License-Identifier: Apache-2.0
#include "service/back_up.hpp"

#include "archive/backup_name.hpp"
#include "archive/records.hpp"
#include "archive/site.hpp"

#include <cassert>
#include <utility>

namespace palabre {
namespace {

const std::string unfinished(archive::unfinished_name);

std::string below(const std::string& backup, std::string_view file) {
    return backup + "/" + std::string(file);
}

// Passes records on until it is told to stop.
class stoppable_sink final : public record_sink {
public:
    stoppable_sink(record_sink& to, const std::stop_token& stop) : to_(to), stop_(stop) {}

    void put_closed_section(std::string_view section) override {
        going_on().put_closed_section(section);
    }
    void put_comment(const comment& each) override { going_on().put_comment(each); }
    void put_audit_entry(const audit_entry& each) override { going_on().put_audit_entry(each); }
    void put_key(const api_key& each) override { going_on().put_key(each); }
    void finish() override { going_on().finish(); }

private:
    record_sink& going_on() {
        if (stop_.stop_requested()) throw backup_stopped();
        return to_;
    }

    record_sink& to_;
    const std::stop_token& stop_;
};

void write_records(
    record_source& from, blob_store& to, archive::manifest& of, const std::stop_token& stop
) {
    archive::records_writer writer(to, unfinished);
    stoppable_sink sink(writer, stop);
    from.read_all(sink);
    sink.finish();
    writer.describe(of);
}

archive::part write_site(
    const std::vector<site_file>& files, blob_store& to, const std::stop_token& stop
) {
    const std::string file(archive::site_file_name);
    archive::part_writer part(file, to.put(below(unfinished, file)));
    archive::site_writer tar(part);
    for (const auto& each : files) {
        if (stop.stop_requested()) throw backup_stopped();
        tar.add(each.path, each.file);
    }
    const auto count = tar.finish();
    return part.finish(count);
}

archive::part write_settings(const std::string& settings, blob_store& to) {
    const std::string file = archive::manifest().settings.file;
    archive::part_writer part(file, to.put(below(unfinished, file)));
    part.write(settings);
    return part.finish(1);
}

}  // namespace

made_backup back_up(
    const backup_content& content, blob_store& to, const clock& wall, const std::stop_token& stop
) {
    made_backup made;
    made.of.made_at = wall.now();
    made.of.program = content.program;
    made.name = archive::backup_name(made.of.made_at);
    to.remove(unfinished, archive::manifest_file);
    try {
        write_records(content.records, to, made.of, stop);
        made.of.settings = write_settings(content.settings, to);
        if (content.site) made.of.site = write_site(*content.site, to, stop);
        const auto last = to.put(below(unfinished, archive::manifest_file));
        last->write(archive::to_json(made.of));
        last->commit();
        to.move(unfinished, made.name, archive::manifest_file);
        return made;
    } catch (...) {
        try {
            to.remove(unfinished, archive::manifest_file);
        } catch (const blob_error&) {
            // The next backup tries again; what went wrong here says more.
        }
        throw;
    }
}

}  // namespace palabre
