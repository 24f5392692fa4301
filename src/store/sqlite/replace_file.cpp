// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/replace_file.hpp"

#include "store/sqlite/database.hpp"
#include "util/durable.hpp"

#include <array>
#include <chrono>
#include <fstream>
#include <string>
#include <string_view>

namespace palabre::store {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& file, const char* suffix) {
    return fs::path(file.native() + suffix);
}

// SQLite empties a log beside what is no database, so it is not even asked about such a file. To
// read it by other means is fine here: nobody has it open.
bool is_sqlite(const fs::path& file) {
    constexpr std::string_view magic("SQLite format 3\0", 16);
    std::string first(magic.size(), '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(first.data(), static_cast<std::streamsize>(first.size()));
    return first == magic;
}

// A log that is left behind would be played into the database that takes the file's name. Closing
// the last connection folds it into the file and removes it.
void fold_log(const fs::path& file) {
    if (!is_sqlite(file)) return;
    try {
        database db(file, access::read_write, std::chrono::milliseconds{0});
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const store_error&) {
        // Damaged: the very reason to restore. It is kept as it is, with its log, and the log is
        // taken away below.
    }
}

}  // namespace

void replace_database(const fs::path& made, const fs::path& living, const fs::path& kept) {
    constexpr std::array logs{"-wal", "-shm", "-journal"};
    if (fs::exists(living)) {
        fold_log(living);
        // Links, not moves: the old file stands in both places until the new one takes its name.
        fs::create_hard_link(living, kept / living.filename());
    }
    for (const char* suffix : logs) {
        const auto log = beside(living, suffix);
        if (fs::exists(log)) fs::create_hard_link(log, kept / log.filename());
    }
    util::sync_folder(kept);
    // Only those of a database that could not be opened are left. Until the next line but one, it
    // stands there without them; it was not readable with them either.
    for (const char* suffix : logs)
        fs::remove(beside(living, suffix));
    fs::rename(made, living);
    util::sync_folder(fs::absolute(living).parent_path());
}

}  // namespace palabre::store
