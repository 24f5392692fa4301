// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.hpp"
#include "ports/home_store.hpp"
#include "store/sqlite/group_writer.hpp"
#include "store/sqlite/reader_pool.hpp"
#include "util/file_lock.hpp"

#include <chrono>
#include <filesystem>

namespace palabre::store {

struct sqlite_options {
    std::filesystem::path file;          // made when there is none, with its folder
    std::size_t readers = 4;             // reads that may run at a time
    store_observer* observer = nullptr;  // outlives the store; called on the store's own thread

    // A comment takes some 50 µs of a batch, so a full one adds about a hundredth of a second.
    std::size_t batch_writes_max = 256;
    // A comment imported by another process may be missing from caches for so long.
    std::chrono::milliseconds foreign_check_every{1000};
    // How long a statement waits for another process that writes.
    std::chrono::milliseconds busy_wait{5000};
};

// Comments in one SQLite file, as docs/formats/sqlite.md describes it. Writes share commits
// (group_writer.hpp); reads run beside them and each other on connections of their own. Other
// processes may read and write the file meanwhile, on the same machine.
//
// As long as it lives it holds the file's folder (folder_use.hpp), so that no backup is put in the
// place of what it has open.
class sqlite_store final : public home_store {
public:
    // Opens the file, makes it when there is none, and brings it up to date. Throws store_error
    // when it cannot, while a backup is being restored, or when the file is of another program or
    // of a newer version; such a file is left as it is. `wall` outlives the store.
    sqlite_store(const sqlite_options& options, const clock& wall);

    post_answer post(const comment& draft, const std::optional<idempotency_record>& once) override;
    std::size_t add_missing(std::span<const comment> batch) override;
    std::optional<comment> find(const comment_id& id) override;
    std::optional<comment> find_any(const comment_id& id) override;
    page list(const page_query& query) override;
    std::vector<section_count> counts(std::span<const std::string> sections) override;
    std::vector<section_count> largest_sections(std::size_t limit) override;
    std::uint64_t count_held() override;
    std::vector<comment> list_rendered_by_others(
        std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
    ) override;
    void replace_html(std::span<const comment> rendered) override;
    void check() override;

    queue_page list_queue(const queue_query& query) override;
    std::optional<decided> decide(const audit_entry& entry) override;
    bool edit(const comment& edited, std::string_view text_before, const audit_entry& entry)
        override;
    void set_closed(const audit_entry& entry) override;
    std::vector<audit_entry> list_audit(const audit_query& query) override;

    void add_key(const api_key& key) override;
    std::optional<api_key> find_key(std::string_view id) override;
    std::vector<api_key> list_keys() override;
    bool revoke_key(std::string_view id, timestamp at) override;
    [[nodiscard]] bool take_daily_post(std::string_view id, std::int64_t day, std::uint32_t limit)
        override;

    // Since when a full disk is known: group_writer.hpp.
    void check_writing() override;

    // On a connection of its own. The log of the database grows while it reads, by what is written
    // meanwhile.
    void read_all(record_sink& to) override;

private:
    const clock& wall_;
    const std::filesystem::path file_;  // absolute
    const std::chrono::milliseconds busy_wait_;
    const util::file_lock in_use_;
    // Made first, gone last: closing the writing connection last folds the log into the file.
    group_writer writer_;
    reader_pool readers_;
};

}  // namespace palabre::store
