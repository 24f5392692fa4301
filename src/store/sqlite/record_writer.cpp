// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/record_writer.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sql.hpp"
#include "util/durable.hpp"

#include <chrono>
#include <system_error>

namespace palabre::store {
namespace {

// In the header of a file that is not done: "Plb?".
constexpr std::int64_t unfinished_id = 0x506c'623f;

// Comments between two commits of what may be taken up: a second's work that can be lost.
constexpr std::uint64_t comments_per_commit = 5'000;

void mark(database& db, std::int64_t id) {
    db.execute(("PRAGMA application_id = " + std::to_string(id)).c_str());
}

// SQLite takes an empty file for a new database, and makes none itself (see database.hpp).
void make_new_file(const std::filesystem::path& file) {
    try {
        util::durable_file(file).finish();
    } catch (const std::system_error& error) {
        throw store_error(error.what());
    }
}

std::unique_ptr<database> open(const std::filesystem::path& file, half_made left) {
    auto db = std::make_unique<database>(file, access::read_write, std::chrono::milliseconds{0});
    db->execute("PRAGMA locking_mode = EXCLUSIVE");
    if (left == half_made::taken_up) {
        db->execute("PRAGMA journal_mode = WAL");
        db->execute("PRAGMA synchronous = NORMAL");
    } else {
        db->execute("PRAGMA journal_mode = OFF");
        db->execute("PRAGMA synchronous = OFF");
    }
    db->execute("PRAGMA cache_size = -65536");  // 64 MiB
    return db;
}

void make_tables(database& db) {
    mark(db, unfinished_id);
    migrate(db);
}

// Takes the indices of comments away and gives the statements that make them again: once for all
// rows, in order, is cheaper than row by row.
std::vector<std::string> drop_indices(database& db) {
    std::vector<std::string> makers;
    std::string droppers;
    {
        statement query(db, sql::indices_of_comments);
        auto rows = query.run();
        while (rows.next()) {
            droppers += "DROP INDEX " + rows.text(0) + ";";
            makers.push_back(rows.text(1));
        }
    }
    db.execute(droppers.c_str());
    return makers;
}

}  // namespace

struct record_writer::statements {
    explicit statements(database& db)
        : put_section(db, sql::put_whole_section),
          add_comment(db, sql::add_comment_to_section),
          add_audit(db, sql::add_audit),
          add_key(db, sql::add_key) {}

    statement put_section;
    statement add_comment;
    statement add_audit;
    statement add_key;
};

record_writer::record_writer(const std::filesystem::path& file, half_made left)
    : file_(file), left_(left) {
    const bool is_there = left == half_made::taken_up && std::filesystem::exists(file);
    if (!is_there) make_new_file(file);
    db_ = open(file, left);
    if (is_there) {
        take_up();
    } else {
        make_tables(*db_);
    }
    db_->execute("BEGIN");
    if (left == half_made::worthless) indices_ = drop_indices(*db_);
    prepared_ = std::make_unique<statements>(*db_);
}

// What an earlier one had committed. Sections are written when they are first named, so that their
// numbers are known; how many comments they have is counted anew.
void record_writer::take_up() {
    if (db_->number("PRAGMA application_id") != unfinished_id ||
        db_->number("PRAGMA user_version") != schema_version) {
        throw store_error(
            file_.string() +
            ": this is no database that was left half-way by this version of "
            "palabre; remove it to begin anew"
        );
    }
    statement query(*db_, sql::sections_so_far);
    auto rows = query.run();
    while (rows.next()) {
        sections_[rows.text(1)] = {rows.integer(0), rows.integer(2), rows.integer(3), false};
    }
    statement last(*db_, sql::last_comment);
    auto found = last.run();
    if (found.next()) has_up_to_ = comment_id{found.blob<16>(0)};
}

record_writer::~record_writer() = default;

record_writer::section& record_writer::section_named(std::string_view name) {
    const auto found = sections_.find(name);
    if (found != sections_.end()) return found->second;
    const auto number = static_cast<std::int64_t>(sections_.size()) + 1;
    auto& made = sections_.emplace(name, section{number, 0, 0, false}).first->second;
    write_section(name, made);
    return made;
}

void record_writer::write_section(std::string_view name, const section& of) {
    prepared_->put_section.execute(of.number, name, of.published, std::uint32_t{of.closed});
}

void record_writer::commit_now_and_then() {
    if (left_ == half_made::worthless || ++put_ < comments_per_commit) return;
    db_->execute("COMMIT");
    db_->execute("BEGIN");
    put_ = 0;
}

void record_writer::put_closed_section(std::string_view name) {
    section_named(name).closed = true;
}

void record_writer::put_comment(const comment& each) {
    if (has_up_to_ && each.id <= *has_up_to_) return;  // counted by take_up
    auto& of = section_named(each.section);
    if (each.state == comment_state::published) ++of.published;
    // As sql::add_comment numbers them.
    const std::int64_t comment_no = (of.number << 32U) + ++of.comments;
    insert_comment_to(prepared_->add_comment, of.number, comment_no, each);
    commit_now_and_then();
}

void record_writer::put_audit_entry(const audit_entry& each) {
    insert_audit_entry(prepared_->add_audit, each);
}

void record_writer::put_key(const api_key& each) {
    insert_key(prepared_->add_key, each);
}

void record_writer::finish() {
    for (const auto& [name, of] : sections_)
        write_section(name, of);
    prepared_.reset();
    for (const auto& index : indices_)
        db_->execute(index.c_str());
    db_->execute("COMMIT");
    db_->execute("PRAGMA journal_mode = DELETE");  // one file, without a log beside it
    mark(*db_, application_id);
    db_.reset();  // closed first: see the traps in README.md
    try {
        util::sync_file(file_);
        util::sync_folder(file_.parent_path());
    } catch (const std::system_error& error) {
        throw store_error(error.what());
    }
}

}  // namespace palabre::store
