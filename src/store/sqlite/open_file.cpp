// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/open_file.hpp"

#include "store/sqlite/folder_use.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/statement.hpp"
#include "store/sqlite/transaction.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <span>
#include <string_view>
#include <system_error>

namespace palabre::store {
namespace {

namespace fs = std::filesystem;

// https://www.sqlite.org/fileformat.html §1.3
constexpr std::size_t header_bytes = 100;
constexpr std::string_view header_magic{"SQLite format 3\0", 16};
constexpr std::size_t user_version_offset = 60;
constexpr std::size_t application_id_offset = 68;

using file_header = std::array<std::uint8_t, header_bytes>;

std::int64_t big_endian(const file_header& header, std::size_t offset) {
    std::int64_t value = 0;
    for (const std::uint8_t byte : std::span(header).subspan(offset, 4))
        value = value << 8 | byte;
    return value;
}

enum class made_here { no, yes };

// SQLite gives the files it puts beside this one the same permissions.
made_here make_file(const fs::path& file) {
    if (fs::exists(file)) return made_here::no;
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) {
        ::close(made);
        return made_here::yes;
    }
    // Another process may have been quicker.
    if (errno != EEXIST) throw store_error(std::generic_category().message(errno));
    return made_here::no;
}

// After a first start that came to nothing: on a full disk, say. What holds a page already is a
// database of some version, since each step is a transaction, and the next start goes on with it.
void remove_if_empty(const fs::path& file) {
    std::error_code none;
    if (fs::file_size(file, none) != 0 || none) return;
    for (const auto* beside : {"", "-journal", "-wal", "-shm"})
        fs::remove(file.string() + beside, none);
}

// Through SQLite's own descriptor: to open and close the file beside it would drop the locks that
// another connection of this process holds (https://www.sqlite.org/howtocorrupt.html §2.2).
file_header read_header(database& db) {
    sqlite3_file* raw = nullptr;
    int code = sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &raw);
    file_header header{};
    if (code == SQLITE_OK) {
        code = raw->pMethods->xRead(raw, header.data(), static_cast<int>(header.size()), 0);
    }
    // What a short file lacks is zeros then.
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) db.fail(code, "read the header");
    return header;
}

// Looks at the first bytes before any statement runs: that would write files beside a database
// that is not ours, or fold its log. A header of zeros is that of an empty file.
void refuse_unless_ours(database& db) {
    const file_header header = read_header(db);
    if (header == file_header{}) return;
    const std::string_view magic(reinterpret_cast<const char*>(header.data()), header_magic.size());
    if (magic != header_magic) throw store_error("not a SQLite database");
    if (big_endian(header, application_id_offset) != application_id) {
        throw store_error("a database of another program");
    }
    const std::int64_t version = big_endian(header, user_version_offset);
    if (version > schema_version) refuse_version(version);
}

// The mark goes into the file itself before write-ahead logging begins, so that the look at its
// header finds it at any time.
void mark_as_ours(database& db) {
    if (db.number("PRAGMA application_id") == application_id) return;
    transaction marking(db, transaction_kind::writing);
    if (db.number("SELECT count(*) FROM sqlite_schema") != 0) {
        throw store_error("tables of another program");
    }
    const std::string mark = "PRAGMA application_id = " + std::to_string(application_id);
    db.execute(mark.c_str());
    marking.commit();
}

void log_ahead(database& db) {
    statement query(db, "PRAGMA journal_mode = WAL");
    auto rows = query.run();
    if (!rows.next() || rows.text(0) != "wal") {
        throw store_error("this file system cannot hold a write-ahead log");
    }
}

void configure(database& db) {
    // FULL: a commit returns after the log is on the disk. NORMAL would lose the latest ones with
    // the power.
    db.execute("PRAGMA synchronous = FULL");
    db.execute("PRAGMA foreign_keys = ON");
    db.execute("PRAGMA temp_store = MEMORY");
    // No mmap: it would spare a copy of what the system has cached, a fifth of a cold read, and
    // count the whole file into our memory once for each connection.
    db.execute("PRAGMA mmap_size = 0");
    // A log that an import has blown up shrinks again.
    db.execute("PRAGMA journal_size_limit = 67108864");
}

std::unique_ptr<database> open_and_prepare(
    const fs::path& file, std::chrono::milliseconds busy_wait
) {
    auto db = std::make_unique<database>(file, access::read_write, busy_wait);
    db->leave_log_on_close();  // until the log, too, is known to hold nothing newer
    refuse_unless_ours(*db);
    mark_as_ours(*db);
    log_ahead(*db);
    configure(*db);
    migrate(*db);
    db->fold_log_on_close();
    return db;
}

}  // namespace

std::unique_ptr<database> open_for_writing(
    const fs::path& file, std::chrono::milliseconds busy_wait
) try {
    make_folder_of(file);
    const auto made = make_file(file);
    try {
        return open_and_prepare(file, busy_wait);
    } catch (const std::exception&) {
        if (made == made_here::yes) remove_if_empty(file);
        throw;
    }
} catch (const std::runtime_error& error) {
    throw store_error(file.string() + ": " + error.what());
}

std::unique_ptr<database> open_for_reading(
    const fs::path& file, std::chrono::milliseconds busy_wait
) {
    auto db = std::make_unique<database>(file, access::read_only, busy_wait);
    configure(*db);
    return db;
}

std::unique_ptr<database> open_for_looking(
    const fs::path& file, std::chrono::milliseconds busy_wait
) {
    auto db = std::make_unique<database>(file, access::read_only, busy_wait);
    refuse_unless_ours(*db);
    // Pages that do not make sense are told instead of believed; and a file that is cut short under
    // a mapping would end the process.
    db->execute("PRAGMA cell_size_check = ON");
    db->execute("PRAGMA mmap_size = 0");
    return db;
}

}  // namespace palabre::store
