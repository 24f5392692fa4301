// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/database.hpp"

#include "store/sqlite/digest.hpp"
#include "store/sqlite/statement.hpp"

#include <sqlite3.h>

namespace palabre::store {
namespace {

// SQLite counts the memory it uses, for the whole process and under one lock at each allocation.
// Nobody reads the count, and readers would wait for each other. Has to come before the first
// connection; when another part of the process was quicker, all works the same, only slower.
void count_no_memory() {
    static const int outcome = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(outcome);
}

}  // namespace

void database::closer::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

database::database(
    const std::filesystem::path& file, access how, std::chrono::milliseconds busy_wait
) {
    const int mode = how == access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    count_no_memory();
    sqlite3* opened = nullptr;
    // No mutex: a connection belongs to one thread at a time, and whoever lends it sees to that.
    const int code = sqlite3_open_v2(
        file.c_str(), &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr
    );
    handle_.reset(opened);  // SQLite makes a handle even when it fails, and it wants closing
    if (code != SQLITE_OK) fail(code, "open");
    sqlite3_busy_timeout(opened, static_cast<int>(busy_wait.count()));
    // A damaged or forged file cannot make SQLite run what its schema holds.
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    add_digest_function(opened);
}

void database::execute(const char* sql) {
    const int code = sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
}

std::int64_t database::number(const char* sql) {
    statement query(*this, sql);
    auto rows = query.run();
    if (!rows.next()) fail(SQLITE_EMPTY, sql);
    return rows.integer(0);
}

bool database::in_transaction() const noexcept {
    return sqlite3_get_autocommit(handle()) == 0;
}

void database::roll_back() noexcept {
    sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

std::int64_t database::changes() const noexcept {
    return sqlite3_changes64(handle());
}

void database::fold_log_on_close() noexcept {
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

void database::leave_log_on_close() noexcept {
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void database::fail(int code, const char* doing) const {
    const char* detail = handle_ ? sqlite3_errmsg(handle()) : sqlite3_errstr(code);
    throw sqlite_error(
        code, "SQLite, error " + std::to_string(code) + ", " + detail + ", on: " + doing
    );
}

}  // namespace palabre::store
