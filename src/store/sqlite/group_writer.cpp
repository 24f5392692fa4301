// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/group_writer.hpp"

#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace palabre::store {
namespace {

std::int64_t first_number(statement& query) {
    auto rows = query.run();
    return rows.next() ? rows.integer(0) : 0;
}

// The disk's fault and not the statement's.
bool is_disk_trouble(const sqlite_error& error) {
    switch (error.code() & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return true;
        default:
            return false;
    }
}

}  // namespace

group_writer::group_writer(std::unique_ptr<database> db, const group_writer_options& options)
    : options_(options),
      db_(std::move(db)),
      session_(*db_),
      data_version_(*db_, sql::data_version),
      seen_version_(first_number(data_version_)),
      looked_at_(std::chrono::steady_clock::now()),
      thread_([this] { run(); }) {}

group_writer::~group_writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void group_writer::write(const work& job) {
    waiting_write waiting{&job, {}, {}};
    auto done = waiting.done.get_future();
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(waiting));
    }
    arrived_.notify_one();
    if (const outcome failed = done.get()) throw store_error(*failed);
}

void group_writer::run() {
    for (;;) {
        auto batch = next_batch();
        const std::size_t writes = batch.size();
        if (writes > 0) commit_together(batch);
        look_around();
        if (writes > 0) continue;
        const std::lock_guard lock(mutex_);
        if (stopping_ && queue_.empty()) return;
    }
}

// What waits, oldest first. Empty when nothing came until it is time to look for foreign writes.
std::vector<group_writer::waiting_write> group_writer::next_batch() {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, options_.foreign_check_every, [this] {
        return stopping_ || !queue_.empty();
    });
    const std::size_t count = std::min(queue_.size(), options_.batch_writes_max);
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<waiting_write> batch(
        std::make_move_iterator(queue_.begin()), std::make_move_iterator(end)
    );
    queue_.erase(queue_.begin(), end);
    return batch;
}

// The order matters: durable first, then the observer, so that a cache which it empties fills up
// with the new state; then the callers, so that each reads what it wrote.
void group_writer::commit_together(std::vector<waiting_write>& batch) {
    std::vector<std::string> changed;
    try {
        write_all(batch, changed);
        tell(changed);
    } catch (const std::exception& error) {
        note_trouble(error.what());
        for (auto& each : batch)
            each.failed = error.what();
    }
    for (auto& each : batch)
        each.done.set_value(std::move(each.failed));
}

void group_writer::write_all(std::vector<waiting_write>& batch, std::vector<std::string>& changed) {
    transaction together(*db_, transaction_kind::writing);
    for (auto& each : batch)
        attempt(each, changed);
    together.commit();
    // Nothing went to the disk when every write of the batch failed alone.
    const auto failed = [](const waiting_write& each) { return each.failed.has_value(); };
    if (!std::ranges::all_of(batch, failed)) note_trouble(std::nullopt);
}

// A write that fails is undone alone and the others of the batch go on, unless SQLite has given up
// the whole transaction, as it may when the disk is full: then nothing may be acknowledged.
void group_writer::attempt(waiting_write& write, std::vector<std::string>& changed) {
    const std::size_t changed_before = changed.size();
    db_->execute("SAVEPOINT one");
    try {
        (*write.job)(session_, changed);
    } catch (const std::exception& error) {
        const auto* refused = dynamic_cast<const sqlite_error*>(&error);
        if (refused != nullptr && is_disk_trouble(*refused)) note_trouble(error.what());
        if (!db_->in_transaction()) throw;
        db_->execute("ROLLBACK TO one");
        changed.resize(changed_before);
        write.failed = error.what();
    }
    db_->execute("RELEASE one");
}

void group_writer::tell(std::vector<std::string>& changed) noexcept {
    if (options_.observer == nullptr) return;
    std::ranges::sort(changed);
    changed.erase(std::ranges::unique(changed).begin(), changed.end());
    for (const auto& section : changed)
        options_.observer->section_changed(section);
}

// Also between batches, so that a busy server notices too.
void group_writer::look_around() noexcept {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_at_ < options_.foreign_check_every) return;
    looked_at_ = now;
    try {
        look_for_foreign_writes();
    } catch (const store_error&) {
        // The next look, or the next write, meets the same trouble; a write has someone to tell.
    }
    if (trouble()) try_to_write();
}

void group_writer::look_for_foreign_writes() {
    const std::int64_t version = first_number(data_version_);
    if (version == std::exchange(seen_version_, version)) return;
    if (options_.observer != nullptr) options_.observer->everything_changed();
}

// Writes the version of the tables over itself: a page goes to the log and to the disk, and nothing
// is changed by it. Read within the transaction, since a newer program may have raised it.
void group_writer::try_to_write() noexcept {
    try {
        transaction trying(*db_, transaction_kind::writing);
        const auto version = db_->number("PRAGMA user_version");
        db_->execute(("PRAGMA user_version = " + std::to_string(version)).c_str());
        trying.commit();
        note_trouble(std::nullopt);
    } catch (const std::exception& error) {
        note_trouble(error.what());
    }
}

std::optional<std::string> group_writer::trouble() {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

void group_writer::note_trouble(std::optional<std::string> reason) {
    const std::lock_guard lock(mutex_);
    trouble_ = std::move(reason);
}

}  // namespace palabre::store
