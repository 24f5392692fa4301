// SPDX-License-Identifier: Apache-2.0
#include "store/export/sorted_items.hpp"

#include "store/sqlite/statement.hpp"

#include <chrono>
#include <fstream>
#include <system_error>
#include <utility>

namespace palabre::store {
namespace {

// Nothing of it is needed after a crash. The cache is 8 MB.
constexpr const char* setup =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"
    "CREATE TABLE items (kind INTEGER NOT NULL, place TEXT NOT NULL, item TEXT NOT NULL);"
    "BEGIN";

}  // namespace

struct sorted_items::parts {
    explicit parts(const std::filesystem::path& file)
        : db(file, access::read_write, std::chrono::milliseconds(0)) {
        db.execute(setup);
        insert = std::make_unique<statement>(db, "INSERT INTO items VALUES (?1, ?2, ?3)");
    }
    database db;
    std::unique_ptr<statement> insert;
};

sorted_items::sorted_items(std::filesystem::path file) : file_(std::move(file)) {
    std::ofstream(file_, std::ios::app).flush();
    parts_ = std::make_unique<parts>(file_);
}

sorted_items::~sorted_items() {
    parts_.reset();
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

void sorted_items::add(kind what, std::string_view place, std::string_view item) {
    parts_->insert->execute(std::int64_t{static_cast<std::uint8_t>(what)}, place, item);
}

bool sorted_items::give_all(const std::function<void(kind, std::string_view item)>& each) {
    auto& db = parts_->db;
    // Made when all is there: in one go, by a sort that needs no more memory than the cache.
    db.execute("COMMIT; CREATE INDEX IF NOT EXISTS items_in_order ON items (kind, place)");
    const auto twice =
        db.number("SELECT EXISTS (SELECT 1 FROM items GROUP BY kind, place HAVING count(*) > 1)");
    if (twice != 0) return false;
    statement all(db, "SELECT kind, item FROM items ORDER BY kind, place");
    auto rows = all.run();
    while (rows.next())
        each(static_cast<kind>(rows.integer(0)), rows.text(1));
    return true;
}

}  // namespace palabre::store
