// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/keys.hpp"

#include "store/sqlite/sql.hpp"

#include <string>

namespace palabre::store {
namespace {

// Origins hold no white space, so one text holds them all.
std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = text.find(' ');
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return words;
}

api_key read_key(const row_reader& row) {
    api_key key;
    key.id = row.text(0);
    key.name = row.text(1);
    key.may = static_cast<role>(row.integer(2));
    key.hash = row.blob<32>(3);
    key.origins = split(row.text(4));
    key.posts_per_minute = static_cast<std::uint32_t>(row.integer(5));
    key.posts_per_day = static_cast<std::uint32_t>(row.integer(6));
    key.made_at.ms = row.integer(7);
    if (!row.is_null(8)) key.revoked_at = timestamp{row.integer(8)};
    return key;
}

}  // namespace

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
    add_.execute(
        key.id,
        key.name,
        static_cast<std::uint32_t>(key.may),
        key.hash,
        join(key.origins),
        key.posts_per_minute,
        key.posts_per_day,
        key.made_at,
        key.revoked_at
    );
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
