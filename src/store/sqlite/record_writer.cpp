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

// SQLite takes an empty file for a new database, and makes none itself (see database.hpp).
std::unique_ptr<database> make_database(const std::filesystem::path& file) {
    try {
        util::durable_file(file).finish();
    } catch (const std::system_error& error) {
        throw store_error(error.what());
    }
    auto db = std::make_unique<database>(file, access::read_write, std::chrono::milliseconds{0});
    db->execute("PRAGMA journal_mode = OFF");
    db->execute("PRAGMA synchronous = OFF");
    db->execute("PRAGMA locking_mode = EXCLUSIVE");
    db->execute("PRAGMA cache_size = -65536");  // 64 MiB
    const std::string mark = "PRAGMA application_id = " + std::to_string(application_id);
    db->execute(mark.c_str());
    migrate(*db);
    return db;
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
        : add_comment(db, sql::add_comment_to_section),
          add_audit(db, sql::add_audit),
          add_key(db, sql::add_key) {}

    statement add_comment;
    statement add_audit;
    statement add_key;
};

record_writer::record_writer(const std::filesystem::path& file)
    : file_(file), db_(make_database(file)) {
    db_->execute("BEGIN");
    indices_ = drop_indices(*db_);
    prepared_ = std::make_unique<statements>(*db_);
}

record_writer::~record_writer() = default;

record_writer::section& record_writer::section_named(std::string_view name) {
    const auto found = sections_.find(name);
    if (found != sections_.end()) return found->second;
    const auto number = static_cast<std::int64_t>(sections_.size()) + 1;
    return sections_.emplace(name, section{number, 0, 0, false}).first->second;
}

void record_writer::put_closed_section(std::string_view name) {
    section_named(name).closed = true;
}

void record_writer::put_comment(const comment& each) {
    auto& of = section_named(each.section);
    if (each.state == comment_state::published) ++of.published;
    // As sql::add_comment numbers them.
    const std::int64_t comment_no = (of.number << 32U) + ++of.comments;
    insert_comment_to(prepared_->add_comment, of.number, comment_no, each);
}

void record_writer::put_audit_entry(const audit_entry& each) {
    insert_audit_entry(prepared_->add_audit, each);
}

void record_writer::put_key(const api_key& each) {
    insert_key(prepared_->add_key, each);
}

void record_writer::write_sections() {
    statement add(*db_, sql::add_whole_section);
    for (const auto& [name, of] : sections_) {
        add.execute(of.number, name, of.published, std::uint32_t{of.closed});
    }
}

void record_writer::finish() {
    write_sections();
    prepared_.reset();
    for (const auto& index : indices_)
        db_->execute(index.c_str());
    db_->execute("COMMIT");
    db_.reset();  // closed first: see the traps in README.md
    try {
        util::sync_file(file_);
        util::sync_folder(file_.parent_path());
    } catch (const std::system_error& error) {
        throw store_error(error.what());
    }
}

}  // namespace palabre::store
