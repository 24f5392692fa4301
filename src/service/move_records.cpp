// SPDX-License-Identifier: Apache-2.0
#include "service/move_records.hpp"

namespace palabre {
namespace {

// Tells how far it is.
class watched_sink final : public record_sink {
public:
    // `next` may be null.
    watched_sink(record_sink* next, move_progress::stage at, const move_watcher& watch)
        : next_(next), now_{at, 0, 0}, watch_(watch) {}

    void expect_comments(std::uint64_t count) override {
        now_.comments_total = count;
        if (next_ != nullptr) next_->expect_comments(count);
    }
    void put_closed_section(std::string_view section) override {
        if (next_ != nullptr) next_->put_closed_section(section);
    }
    void put_comment(const comment& each) override {
        if (next_ != nullptr) next_->put_comment(each);
        ++now_.comments;
        if (watch_) watch_(now_);
    }
    void put_audit_entry(const audit_entry& each) override {
        if (next_ != nullptr) next_->put_audit_entry(each);
    }
    void put_key(const api_key& each) override {
        if (next_ != nullptr) next_->put_key(each);
    }
    void finish() override {}

private:
    record_sink* next_;
    move_progress now_;
    const move_watcher& watch_;
};

}  // namespace

record_tally move_records(record_source& from, record_sink& into, const move_watcher& watch) {
    watched_sink sending(&into, move_progress::stage::moving, watch);
    tallying_sink counting(&sending);
    from.read_all(counting);
    into.finish();
    return counting.tally();
}

record_tally tally_of(record_source& home, const move_watcher& watch) {
    watched_sink watching(nullptr, move_progress::stage::verifying, watch);
    tallying_sink counting(&watching);
    home.read_all(counting);
    return counting.tally();
}

}  // namespace palabre
