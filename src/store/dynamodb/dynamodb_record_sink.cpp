// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/dynamodb_record_sink.hpp"

#include "ports/comment_store.hpp"
#include "store/dynamodb/batch_writer.hpp"
#include "store/dynamodb/items.hpp"
#include "store/dynamodb/side_counts.hpp"
#include "store/dynamodb/walk.hpp"

#include <deque>
#include <set>
#include <utility>

namespace palabre::store {

using namespace dynamodb;

namespace {

// Refuses what does not come after what came last of its kind: an id that comes twice, too.
template <class place>
void expect_rising(std::optional<place>& last, place next, const char* what) {
    if (last && !(*last < next)) {
        throw store_error(
            std::string(what) + " came twice, or not in their order: the records are damaged"
        );
    }
    last = std::move(next);
}

// The items that count, as they would have become one by one.
std::string counting_item(const std::string& id, std::int64_t count, bool closed) {
    std::string made;
    {
        item_writer to(made);
        to.text(attribute::id, id);
        to.number(counting_attribute(id), count);
        if (closed) {
            to.flag(attribute::closed, true);
            to.text(attribute::section_id, std::string_view(id).substr(prefix::section.size()));
            to.text(attribute::timestamp, closed_timestamp);
        }
    }
    return made;
}

}  // namespace

struct dynamodb_record_sink::state {
    state(aws::client& to, dynamodb_sink_options with) : service(to), how(std::move(with)) {}

    [[nodiscard]] table_access access() const {
        return {service, how.table, aws::client::clock::now() + how.patience};
    }

    aws::client& service;
    const dynamodb_sink_options how;

    std::optional<std::string> last_closed;
    std::optional<comment_id> last_comment;
    std::optional<position> last_entry;
    std::optional<std::pair<timestamp, std::string>> last_key;

    side_counts counts;
    std::set<std::string> closed;  // ids of the items of these sections

    // Comments that were given and perhaps not written yet, and how many were written before them.
    std::deque<comment_id> given;
    std::uint64_t written_before = 0;
    std::optional<comment_id> written_up_to;

    batch_writer writer{[this] { return access(); }};

    // Lets go of the ids of what is written by now.
    void look_what_is_written() {
        for (const auto written = writer.written(); written_before < written && !given.empty();
             ++written_before) {
            written_up_to = given.front();
            given.pop_front();
        }
    }
};

dynamodb_record_sink::dynamodb_record_sink(aws::client& service, dynamodb_sink_options how)
    : state_(std::make_unique<state>(service, std::move(how))) {
    state_->written_up_to = state_->how.written_up_to;
    if (state_->how.resumes) return;
    std::string last;
    bool any = false;
    const scan_query anything{{}, "#id", {}, {}, {}};
    scan_once(state_->access(), anything, [&](const item&) { any = true; }, last);
    if (any) {
        throw store_error(
            "the table " + state_->how.table +
            " is not empty: name an empty one, or take up the run that broke off"
        );
    }
}

dynamodb_record_sink::~dynamodb_record_sink() = default;

void dynamodb_record_sink::put_closed_section(std::string_view section) {
    expect_rising(state_->last_closed, std::string(section), "closed sections");
    state_->closed.insert(section_item_id(section));
}

void dynamodb_record_sink::put_comment(const comment& each) {
    expect_rising(state_->last_comment, each.id, "comments");
    state_->counts.add(each);
    if (state_->how.written_up_to && each.id <= *state_->how.written_up_to) return;
    state_->given.push_back(each.id);
    state_->writer.put(item_of(each));
    state_->look_what_is_written();
}

void dynamodb_record_sink::put_audit_entry(const audit_entry& each) {
    expect_rising(state_->last_entry, position{each.at, each.id}, "audit entries");
    state_->writer.put(item_of(each));
}

void dynamodb_record_sink::put_key(const api_key& each) {
    expect_rising(state_->last_key, std::pair(each.made_at, each.id), "keys");
    state_->writer.put(item_of(each));
}

// The counts come last: a table without them is one that was not finished.
void dynamodb_record_sink::finish() {
    for (const auto& [id, count] : state_->counts.by_item())
        state_->writer.put(counting_item(id, count, state_->closed.erase(id) > 0));
    for (const auto& id : state_->closed)
        state_->writer.put(counting_item(id, 0, true));
    state_->writer.flush();
    state_->look_what_is_written();
}

std::optional<comment_id> dynamodb_record_sink::written_up_to() const {
    state_->look_what_is_written();
    return state_->written_up_to;
}

}  // namespace palabre::store
