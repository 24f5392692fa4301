// SPDX-License-Identifier: Apache-2.0
// What sqlite_store does for moderators and for keys.
#include "store/sqlite/sqlite_store.hpp"

namespace palabre::store {

queue_page sqlite_store::list_queue(const queue_query& query) {
    return readers_.take()->moderation().list_queue(query);
}

std::vector<audit_entry> sqlite_store::list_audit(const audit_query& query) {
    return readers_.take()->moderation().list_audit(query);
}

std::optional<decided> sqlite_store::decide(const audit_entry& entry) {
    std::optional<decided> answer;
    writer_.write([&](write_session& session, std::vector<std::string>& changed) {
        answer = session.moderation().decide(entry, changed);
    });
    return answer;
}

bool sqlite_store::edit(
    const comment& edited, std::string_view text_before, const audit_entry& entry
) {
    bool answer = false;
    writer_.write([&](write_session& session, std::vector<std::string>& changed) {
        answer = session.moderation().edit(edited, text_before, entry, changed);
    });
    return answer;
}

void sqlite_store::set_closed(const audit_entry& entry) {
    writer_.write([&](write_session& session, std::vector<std::string>& changed) {
        session.moderation().set_closed(entry, changed);
    });
}

void sqlite_store::add_key(const api_key& key) {
    writer_.write([&](write_session& session, auto&) { session.keys().add_key(key); });
}

std::optional<api_key> sqlite_store::find_key(std::string_view id) {
    return readers_.take()->keys().find_key(id);
}

std::vector<api_key> sqlite_store::list_keys() {
    return readers_.take()->keys().list_keys();
}

bool sqlite_store::revoke_key(std::string_view id, timestamp at) {
    bool answer = false;
    writer_.write([&](write_session& session, auto&) { answer = session.keys().revoke_key(id, at); }
    );
    return answer;
}

bool sqlite_store::take_daily_post(std::string_view id, std::int64_t day, std::uint32_t limit) {
    bool answer = false;
    writer_.write([&](write_session& session, auto&) {
        answer = session.keys().take_daily_post(id, day, limit);
    });
    return answer;
}

}  // namespace palabre::store
