// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/verify.hpp"

#include "core/comment_id.hpp"
#include "store/sqlite/open_file.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/statement.hpp"
#include "store/sqlite/transaction.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace palabre::store {
namespace {

constexpr std::string_view subject = "database";

// Another process that migrates or writes is waited for so long.
constexpr std::chrono::milliseconds patience{5000};

// Clocks of two machines differ; a comment imported from another may be a little ahead.
constexpr std::int64_t future_ms_usual = std::int64_t{5} * 60 * 1000;

constexpr const char* restore_advice =
    "Keep a copy of the data folder as it is, then restore the latest backup.";

void add(std::vector<finding>& to, severity weight, std::string sentence, std::string advice = {}) {
    to.push_back({weight, std::string(subject), std::move(sentence), std::move(advice)});
}

void add_damage(std::vector<finding>& to, std::string sentence) {
    add(to, severity::wrong, std::move(sentence), restore_advice);
}

// One finding per row, up to damage_named_max, then one that says how many more there are.
void add_rows(
    std::vector<finding>& to,
    statement& query,
    const std::function<std::string(const row_reader&)>& sentence_of
) {
    auto rows = query.run();
    std::size_t count = 0;
    for (; rows.next(); ++count)
        if (count < damage_named_max) add_damage(to, sentence_of(rows));
    if (count > damage_named_max) {
        add_damage(to, "There are " + std::to_string(count - damage_named_max) + " more of these.");
    }
}

// SQLite's own check: every page, every index against its table, every rule of a column.
void check_structure(database& db, std::vector<finding>& to) {
    statement query(
        db, ("PRAGMA integrity_check(" + std::to_string(damage_named_max) + ")").c_str()
    );
    auto rows = query.run();
    while (rows.next()) {
        const auto text = rows.text(0);
        if (text != "ok") add_damage(to, "The file is damaged: " + text + ".");
    }
}

void check_references(database& db, std::vector<finding>& to) {
    statement query(db, "PRAGMA foreign_key_check");
    add_rows(to, query, [](const row_reader& row) {
        return "A row of " + row.text(0) + " belongs to nothing in " + row.text(2) + ".";
    });
}

std::map<std::string, std::string> tables_of(database& db) {
    std::map<std::string, std::string> made;
    statement query(db, sql::tables);
    auto rows = query.run();
    while (rows.next())
        made.emplace(rows.text(0), rows.text(1));
    return made;
}

// Tables and indices as the migrations make them. What an owner adds beside them is his own.
void check_tables(database& db, std::int64_t version, std::vector<finding>& to) {
    database fresh(":memory:", access::read_write, patience);
    migrate(fresh, version);
    const auto here = tables_of(db);
    for (const auto& [name, text] : tables_of(fresh)) {
        const auto found = here.find(name);
        if (found == here.end()) {
            add_damage(to, "The table or index " + name + " is not there.");
        } else if (found->second != text) {
            add_damage(to, "The table or index " + name + " is not as this program makes it.");
        }
    }
}

void check_digests(database& db, std::vector<finding>& to) {
    statement query(db, sql::damaged_comments);
    add_rows(to, query, [](const row_reader& row) {
        const auto id = row.text(0);
        if (id.size() != comment_id{}.bytes.size()) return std::string("A comment lost its id.");
        return "The comment " + to_string(comment_id{row.blob<16>(0)}) +
               " is not as it was written.";
    });
}

void check_counts(database& db, std::vector<finding>& to) {
    statement query(db, sql::wrong_counts);
    add_rows(to, query, [](const row_reader& row) {
        return "The section " + row.text(0) + " says that it has " +
               std::to_string(row.integer(1)) + " published comments, and it has " +
               std::to_string(row.integer(2)) + ".";
    });
}

std::int64_t count_beyond(database& db, const char* sql, std::int64_t bound) {
    statement query(db, sql);
    auto rows = query.run(bound);
    return rows.next() ? rows.integer(0) : 0;
}

void look_at_renderers(database& db, std::uint32_t renderer, std::vector<finding>& to) {
    const auto count =
        count_beyond(db, "SELECT count(*) FROM comments WHERE renderer <> ?1", renderer);
    if (count == 0) return;
    add(to,
        severity::remark,
        std::to_string(count) + " comments were rendered by another version.",
        "The server renders them anew by itself; it may be at work.");
}

void look_at_times(database& db, timestamp now, std::vector<finding>& to) {
    const auto count =
        count_beyond(db, "SELECT count(*) FROM comments WHERE at > ?1", now.ms + future_ms_usual);
    if (count == 0) return;
    add(to,
        severity::wrong,
        std::to_string(count) + " comments are from the future.",
        "The clock was ahead when they were written, or it is behind now: see `timedatectl`. They "
        "stand above all others until then.");
}

void look_at_log(const std::filesystem::path& file, std::vector<finding>& to) {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(file.string() + "-wal", none);
    if (none || bytes <= log_bytes_usual) return;
    add(to,
        severity::remark,
        "The write-ahead log has " + std::to_string(bytes / 1024 / 1024) + " MB.",
        "Something reads the database without an end, so that the log cannot be folded in: look "
        "for other programs that have the file open, or restart the server.");
}

// Runs one look. A damaged file makes SQLite itself give up in many places; that is a finding too.
void attempt(std::vector<finding>& to, const std::function<void()>& look) {
    try {
        look();
    } catch (const store_error& error) {
        add_damage(to, std::string("It cannot be read: ") + error.what() + ".");
    }
}

void look_at_rows(
    database& db,
    std::int64_t version,
    std::uint32_t renderer,
    timestamp now,
    std::vector<finding>& to
) {
    attempt(to, [&] { check_tables(db, version, to); });
    attempt(to, [&] { check_counts(db, to); });
    if (version < schema_version) {
        add(to,
            severity::remark,
            "Its tables are of version " + std::to_string(version) + ", this program's are of " +
                std::to_string(schema_version) + ".",
            "The next start of the server brings them up to date; run this again afterwards.");
    } else {
        attempt(to, [&] { check_digests(db, to); });
    }
    attempt(to, [&] { look_at_renderers(db, renderer, to); });
    attempt(to, [&] { look_at_times(db, now, to); });
}

void look_into(
    const std::filesystem::path& file,
    std::uint32_t renderer,
    timestamp now,
    std::vector<finding>& found
) {
    const auto db = open_for_looking(file, patience);
    // One state for all looks, whatever a server writes meanwhile.
    transaction one_state(*db, transaction_kind::reading);
    const auto version = db->number("PRAGMA user_version");
    attempt(found, [&] { check_structure(*db, found); });
    attempt(found, [&] { check_references(*db, found); });
    if (version == 0) {
        add(found, severity::remark, "It holds no tables yet.", "Start the server once.");
    } else {
        look_at_rows(*db, version, renderer, now, found);
    }
    look_at_log(file, found);
    if (!found.empty()) return;
    const auto count = db->number("SELECT count(*) FROM comments");
    add(found, severity::fine, "All of its " + std::to_string(count) + " comments are sound.");
}

}  // namespace

std::vector<finding> verify(
    const std::filesystem::path& file, std::uint32_t renderer, timestamp now
) {
    std::vector<finding> found;
    std::error_code none;
    if (!std::filesystem::exists(file, none)) {
        add(found, severity::remark, "There is none yet.", "The server makes it when it starts.");
        return found;
    }
    attempt(found, [&] { look_into(file, renderer, now, found); });
    return found;
}

}  // namespace palabre::store
