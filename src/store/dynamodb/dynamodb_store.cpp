// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/dynamodb_store.hpp"

#include "store/dynamodb/items.hpp"
#include "store/dynamodb/keys.hpp"
#include "store/dynamodb/lookup.hpp"
#include "store/dynamodb/moderation.hpp"
#include "store/dynamodb/move_mark.hpp"
#include "store/dynamodb/pages.hpp"
#include "store/dynamodb/posts.hpp"
#include "store/dynamodb/queues.hpp"
#include "store/dynamodb/records.hpp"
#include "store/dynamodb/rendering.hpp"
#include "store/dynamodb/section_item.hpp"
#include "store/dynamodb/transaction.hpp"

#include <utility>

namespace palabre::store {

using namespace dynamodb;

namespace {

constexpr std::chrono::seconds usual_patience{10};

}  // namespace

struct dynamodb_store::state {
    state(aws::client& to, const clock& around, dynamodb_options with)
        : service(to), wall(around), how(std::move(with)) {
        if (!how.deadline) {
            how.deadline = [] { return aws::client::clock::now() + usual_patience; };
        }
    }

    [[nodiscard]] table_access access() const { return {service, how.table, how.deadline()}; }
    // For verbs of many requests, how many nobody knows.
    [[nodiscard]] table_access patient_access() const {
        return {service, how.table, &how.deadline};
    }

    aws::client& service;
    const clock& wall;
    dynamodb_options how;  // const from here on
    token_source tokens;
};

dynamodb_store::dynamodb_store(aws::client& service, const clock& wall, dynamodb_options how)
    : state_(std::make_unique<state>(service, wall, std::move(how))) {}

dynamodb_store::~dynamodb_store() = default;

void dynamodb_store::tell(const std::vector<std::string>& changed) noexcept {
    if (state_->how.observer == nullptr) return;
    for (const auto& section : changed)
        state_->how.observer->section_changed(section);
}

post_answer dynamodb_store::post(
    const comment& draft, const std::optional<idempotency_record>& once
) {
    auto answer = post_comment(state_->access(), state_->tokens, state_->wall.now(), draft, once);
    if (answer.status == post_status::stored && is_shown(draft.state)) tell({draft.section});
    return answer;
}

std::size_t dynamodb_store::add_missing(std::span<const comment> batch) {
    const auto made =
        add_missing_comments(state_->patient_access(), state_->tokens, state_->wall.now(), batch);
    tell(made.changed);
    return made.added;
}

std::optional<comment> dynamodb_store::find(const comment_id& id) {
    auto found = find_any(id);
    if (found && found->state != comment_state::published) return std::nullopt;
    return found;
}

std::optional<comment> dynamodb_store::find_any(const comment_id& id) {
    return look_up_comment(state_->access(), id);
}

page dynamodb_store::list(const page_query& query) {
    return read_page(state_->access(), query);
}

std::optional<std::string> dynamodb_store::stamp(std::string_view section) {
    return stamp_of(read_section(state_->access(), section), state_->wall.now());
}

std::vector<section_count> dynamodb_store::counts(std::span<const std::string> sections) {
    return read_counts(state_->access(), sections);
}

std::vector<section_count> dynamodb_store::largest_sections(std::size_t limit) {
    return read_largest_sections(state_->patient_access(), limit);
}

std::uint64_t dynamodb_store::count_held() {
    return read_count_held(state_->access());
}

std::vector<comment> dynamodb_store::list_rendered_by_others(
    std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
) {
    return read_rendered_by_others(state_->patient_access(), current, after, limit);
}

void dynamodb_store::replace_html(std::span<const comment> rendered) {
    tell(write_html(state_->patient_access(), rendered));
}

void dynamodb_store::check() {
    if (read_move_mark(state_->access())) {
        throw store_error(
            "a move or a restore into the table " + state_->how.table +
            " is not done: run `palabre move` again in the same words, and it goes on; restore to "
            "an empty table"
        );
    }
}

void dynamodb_store::check_writing() {}

queue_page dynamodb_store::list_queue(const queue_query& query) {
    return read_queue(state_->patient_access(), query);
}

std::optional<decided> dynamodb_store::decide(const audit_entry& entry) {
    const auto made = decide_comment(state_->access(), state_->tokens, entry);
    if (!made) return std::nullopt;
    if (made->seen) tell({made->section});
    return made->what;
}

bool dynamodb_store::edit(
    const comment& edited, std::string_view text_before, const audit_entry& entry
) {
    bool seen = false;
    const bool is_done =
        edit_comment(state_->access(), state_->tokens, edited, text_before, entry, seen);
    if (is_done && seen) tell({edited.section});
    return is_done;
}

void dynamodb_store::set_closed(const audit_entry& entry) {
    close_or_reopen(state_->access(), state_->tokens, entry);
    tell({entry.section});
}

std::vector<audit_entry> dynamodb_store::list_audit(const audit_query& query) {
    return read_audit(state_->access(), query);
}

void dynamodb_store::add_key(const api_key& key) {
    dynamodb::add_key(state_->access(), state_->tokens, key);
}

std::optional<api_key> dynamodb_store::find_key(std::string_view id) {
    return dynamodb::find_key(state_->access(), id);
}

std::vector<api_key> dynamodb_store::list_keys() {
    return dynamodb::list_keys(state_->access());
}

bool dynamodb_store::revoke_key(std::string_view id, timestamp at) {
    return dynamodb::revoke_key(state_->access(), id, at);
}

bool dynamodb_store::take_daily_post(std::string_view id, std::int64_t day, std::uint32_t limit) {
    return dynamodb::take_daily_post(state_->access(), state_->tokens, id, day, limit);
}

void dynamodb_store::read_all(record_sink& to) {
    read_records([this] { return state_->access(); }, to);
}

}  // namespace palabre::store
