// SPDX-License-Identifier: Apache-2.0
#include "archive/backup_name.hpp"
#include "archive/unpack.hpp"
#include "cli/backup_commands.hpp"
#include "cli/find_backup.hpp"
#include "cli/replace_folder.hpp"
#include "cli/restorable.hpp"
#include "cli/restore_to_table.hpp"
#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "store/sqlite/folder_use.hpp"
#include "store/sqlite/record_writer.hpp"
#include "store/sqlite/replace_file.hpp"
#include "system/system_clock.hpp"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <system_error>

namespace palabre::cli {
namespace {

namespace fs = std::filesystem;

// A folder that is new, and goes with this unless it has been moved away. What an earlier restore
// left in its place, when the machine stopped meanwhile, goes first.
class work_folder {
public:
    explicit work_folder(fs::path path) : path_(std::move(path)) {
        fs::remove_all(path_);
        fs::create_directories(path_);
        fs::permissions(path_, fs::perms::owner_all);
    }
    work_folder(const work_folder&) = delete;
    work_folder& operator=(const work_folder&) = delete;
    ~work_folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const noexcept { return path_; }

private:
    const fs::path path_;
};

fs::path with_suffix(const fs::path& folder, const std::string& suffix) {
    return folder.parent_path() / (folder.filename().string() + suffix);
}

// The one failure that comes after something has changed. what() is a sentence.
class half_restored : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Builds everything beside what is living, and then puts it in its place.
class restoring {
public:
    restoring(const config::settings& chosen, const std::string& now)
        : database_(machine::database_of(chosen)),
          beside_(database_.parent_path() / "restoring"),
          kept_(database_.parent_path() / ("before-restore-" + now)),
          new_database_(beside_.path() / database_.filename()) {}

    void build(restorable& from) {
        store::record_writer records(new_database_);
        std::optional<archive::folder_site_sink> files;
        if (new_site_) files.emplace(new_site_->path());
        from.give(records, files ? &*files : nullptr, beside_.path());
    }

    void add_site(const fs::path& folder, const std::string& now) {
        // Where it is really: the living one may be a link.
        site_ = fs::weakly_canonical(fs::absolute(folder));
        kept_site_ = with_suffix(site_, ".before-restore-" + now);
        new_site_.emplace(with_suffix(site_, ".restoring"));
        using enum fs::perms;
        fs::permissions(
            new_site_->path(), owner_all | group_read | group_exec | others_read | others_exec
        );
    }

    void put_in_place() {
        fs::create_directory(kept_);
        fs::permissions(kept_, fs::perms::owner_all);
        store::replace_database(new_database_, database_, kept_);
        if (fs::is_empty(kept_)) fs::remove(kept_);
        if (new_site_) put_site_in_place(new_site_->path());
    }

    void say_where_the_old_is() const {
        for (const auto& kept : {kept_, kept_site_}) {
            if (kept.empty() || !fs::exists(kept)) continue;
            fmt::print("What was there before is kept: {}\n", kept.string());
        }
    }

private:
    void put_site_in_place(const fs::path& made) try {
        replace_folder(made, site_, kept_site_);
    } catch (const std::exception& error) {
        throw half_restored(fmt::format(
            "the comments were restored (the old ones are kept in {}), and the site was not: {}.",
            kept_.string(),
            error.what()
        ));
    }

    const fs::path database_;
    const work_folder beside_;
    const fs::path kept_;
    const fs::path new_database_;
    fs::path site_;
    fs::path kept_site_;
    std::optional<work_folder> new_site_;
};

void require_site(const restorable& of, const config::settings& chosen) {
    if (!of.has_site()) throw std::runtime_error("it holds no site; leave out --with-site");
    if (chosen.site.folder.empty()) {
        throw std::runtime_error("the settings name no folder for a site; see folder in [site]");
    }
}

}  // namespace

exit_code restore_a_backup(const backup_request& asked, const chosen_settings& chosen) {
    const auto found = find_backup(asked, chosen);
    if (!asked.to.empty()) return restore_to_table(asked, found);
    if (machine::is_shared(chosen.settings)) {
        throw std::runtime_error(fmt::format(
            "the settings keep comments in a table, which nothing is put in the place of: restore "
            "to an empty one by --to dynamodb:TABLE, then name it in [store]; {} is left as it is",
            chosen.settings.store.table
        ));
    }
    const auto now = archive::backup_name(system_clock().now());
    try {
        // First, so that it costs no more than a moment to learn of a server that runs.
        const auto alone = store::take_folder_of(machine::database_of(chosen.settings));
        // Before anything is made beside the living: most bad backups end here.
        const auto of = open_restorable(found.place->store(), found.name);
        fmt::print("{} is {}.\n", found.name, of->kind());
        restoring work(chosen.settings, now);
        if (asked.with_site) {
            require_site(*of, chosen.settings);
            work.add_site(chosen.settings.resolve(chosen.settings.site.folder), now);
        }
        work.build(*of);
        work.put_in_place();
        fmt::print("Restored {}: {}.\n", found.name, of->summary());
        work.say_where_the_old_is();
        if (of->has_site() && !asked.with_site) {
            fmt::print("The site was left as it is; --with-site restores it too.\n");
        }
        return exit_code::fine;
    } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format("{} was not restored: {}.", found.name, error.what()));
    }
}

}  // namespace palabre::cli
