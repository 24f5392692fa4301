// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/key_store.hpp"
#include "store/sqlite/statement.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace palabre::store {

// The reading verbs of a key_store over one connection. Used by one thread at a time.
class key_reader {
public:
    // `db` outlives the reader.
    explicit key_reader(database& db);

    std::optional<api_key> find_key(std::string_view id);
    std::vector<api_key> list_keys();

private:
    statement find_;
    statement list_;
};

// The writing ones, under the rules of write_session.
class key_session {
public:
    // `db` outlives the session.
    explicit key_session(database& db);

    void add_key(const api_key& key);
    bool revoke_key(std::string_view id, timestamp at);
    bool take_daily_post(std::string_view id, std::int64_t day, std::uint32_t limit);

private:
    database& db_;
    statement add_;
    statement revoke_;
    statement take_daily_post_;
    statement forget_days_;
};

}  // namespace palabre::store
