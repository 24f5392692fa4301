// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/dynamodb_move_sink.hpp"

#include <utility>

namespace palabre::store {
namespace {

// A few seconds' work that may have to be done again, for one write more in a thousand.
constexpr std::uint64_t comments_per_mark = 1'000;

constexpr std::chrono::seconds patience{60};

}  // namespace

dynamodb_move_sink::dynamodb_move_sink(aws::client& service, std::string table)
    : service_(service),
      table_(std::move(table)),
      before_(dynamodb::read_move_mark(access())),
      records_(service_, options()) {
    // Only after the table was seen to be empty: what is in it is not ours to mark.
    if (!before_) dynamodb::write_move_mark(access(), {});
}

dynamodb::table_access dynamodb_move_sink::access() const {
    return {service_, table_, aws::client::clock::now() + patience};
}

dynamodb_sink_options dynamodb_move_sink::options() const {
    dynamodb_sink_options made;
    made.table = table_;
    made.resumes = before_.has_value();
    if (before_) made.written_up_to = before_->written_up_to;
    made.patience = patience;
    return made;
}

std::optional<comment_id> dynamodb_move_sink::has_up_to() const {
    return before_ ? before_->written_up_to : std::nullopt;
}

void dynamodb_move_sink::put_closed_section(std::string_view section) {
    records_.put_closed_section(section);
}

void dynamodb_move_sink::put_comment(const comment& each) {
    records_.put_comment(each);
    if (++put_ < comments_per_mark) return;
    put_ = 0;
    dynamodb::write_move_mark(access(), {records_.written_up_to()});
}

void dynamodb_move_sink::put_audit_entry(const audit_entry& each) {
    records_.put_audit_entry(each);
}

void dynamodb_move_sink::put_key(const api_key& each) {
    records_.put_key(each);
}

void dynamodb_move_sink::finish() {
    records_.finish();
    dynamodb::write_move_mark(access(), {records_.written_up_to()});
}

void dynamodb_move_sink::open_up() {
    dynamodb::remove_move_mark(access());
}

}  // namespace palabre::store
