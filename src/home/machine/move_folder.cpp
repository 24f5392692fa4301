// SPDX-License-Identifier: Apache-2.0
#include "home/machine/move_folder.hpp"

#include "home/machine/options_of.hpp"
#include "service/record_tally.hpp"
#include "store/sqlite/folder_use.hpp"
#include "store/sqlite/record_file.hpp"
#include "store/sqlite/record_writer.hpp"
#include "util/durable.hpp"

#include <memory>
#include <optional>
#include <stdexcept>

namespace palabre::machine {
namespace {

namespace fs = std::filesystem;

class folder_to_leave final : public home_to_leave {
public:
    explicit folder_to_leave(const fs::path& folder)
        : alone_(take(folder / database_name)), records_(folder / database_name) {}

    record_source& records() override { return records_; }

private:
    // Looked for first: taking a folder makes it.
    static util::file_lock take(const fs::path& database) {
        if (fs::exists(database)) return store::take_folder_of(database);
        throw std::runtime_error(database.string() + ": there is no such database");
    }

    const util::file_lock alone_;
    store::record_file records_;
};

fs::path folder_for_work(const fs::path& folder) {
    auto made = folder / "moving";
    if (fs::create_directories(made)) fs::permissions(made, fs::perms::owner_all);
    return made;
}

// A server that was started once has left a database without anything in it.
void require_nothing_in(const fs::path& database) {
    if (!fs::exists(database)) return;
    store::record_file there(database);
    tallying_sink counting(nullptr);
    there.read_all(counting);
    if (counting.tally() == record_tally{}) return;
    throw std::runtime_error(
        database.string() +
        " holds comments, keys or decisions already: a move does not mix two homes. Name a folder "
        "that is new"
    );
}

class folder_to_enter final : public home_to_enter {
public:
    explicit folder_to_enter(const fs::path& folder)
        : living_(folder / database_name), alone_(store::take_folder_of(living_)) {
        require_nothing_in(living_);
        work_ = folder_for_work(folder);
        new_ = work_ / database_name;
        sink_ = std::make_unique<store::record_writer>(new_, store::half_made::taken_up);
    }

    resumable_sink& sink() override { return *sink_; }

    record_source& made() override {
        sink_.reset();
        return made_.emplace(new_);
    }

    void open_up() override {
        made_.reset();
        fs::rename(new_, living_);
        util::sync_folder(living_.parent_path());
        fs::remove_all(work_);
    }

private:
    const fs::path living_;
    const util::file_lock alone_;
    fs::path work_;
    fs::path new_;
    std::unique_ptr<store::record_writer> sink_;
    std::optional<store::record_file> made_;
};

}  // namespace

std::unique_ptr<home_to_leave> leave_folder(const fs::path& folder) {
    return std::make_unique<folder_to_leave>(folder);
}

std::unique_ptr<home_to_enter> enter_folder(const fs::path& folder) {
    return std::make_unique<folder_to_enter>(folder);
}

}  // namespace palabre::machine
