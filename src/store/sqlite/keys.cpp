// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/keys.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql.hpp"

namespace palabre::store {

key_reader::key_reader(database& db) : find_(db, sql::find_key), list_(db, sql::list_keys) {}

std::optional<api_key> key_reader::find_key(std::string_view id) {
    auto rows = find_.run(id);
    if (!rows.next()) return std::nullopt;
    return read_key(rows);
}

std::vector<api_key> key_reader::list_keys() {
    auto rows = list_.run();
    std::vector<api_key> all;
    while (rows.next())
        all.push_back(read_key(rows));
    return all;
}

key_session::key_session(database& db)
    : db_(db),
      add_(db, sql::add_key),
      revoke_(db, sql::revoke_key),
      take_daily_post_(db, sql::take_daily_post),
      forget_days_(db, sql::forget_days) {}

void key_session::add_key(const api_key& key) {
    insert_key(add_, key);
}

bool key_session::revoke_key(std::string_view id, timestamp at) {
    revoke_.execute(id, at);
    return db_.changes() > 0;
}

bool key_session::take_daily_post(std::string_view id, std::int64_t day, std::uint32_t limit) {
    if (limit == 0) return false;
    take_daily_post_.execute(id, day, limit);
    const bool taken = db_.changes() > 0;
    forget_days_.execute(id, day);
    return taken;
}

}  // namespace palabre::store
