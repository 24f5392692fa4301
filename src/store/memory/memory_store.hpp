// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.hpp"
#include "ports/home_store.hpp"
#include "ports/record_sink.hpp"

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace palabre::store {

// Comments in maps: for tests, and the plainest statement of what a store does. Nothing outlives
// the object, so "durable" means "in the map". Expired idempotency keys are overwritten when they
// come again and never swept: it is not meant to run for long.
class memory_store final : public home_store, public record_sink {
public:
    // `wall` and `observer` outlive the store; `observer` may be null.
    explicit memory_store(const clock& wall, store_observer* observer = nullptr);

    post_answer post(const comment& draft, const std::optional<idempotency_record>& once) override;
    std::size_t add_missing(std::span<const comment> batch) override;
    std::optional<comment> find(const comment_id& id) override;
    std::optional<comment> find_any(const comment_id& id) override;
    page list(const page_query& query) override;
    std::vector<section_count> counts(std::span<const std::string> sections) override;
    std::vector<section_count> largest_sections(std::size_t limit) override;
    std::uint64_t count_held() override;
    std::vector<comment> list_rendered_by_others(
        std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
    ) override;
    void replace_html(std::span<const comment> rendered) override;
    void check() override;
    void check_writing() override;

    queue_page list_queue(const queue_query& query) override;
    std::optional<decided> decide(const audit_entry& entry) override;
    bool edit(const comment& edited, std::string_view text_before, const audit_entry& entry)
        override;
    void set_closed(const audit_entry& entry) override;
    std::vector<audit_entry> list_audit(const audit_query& query) override;

    void add_key(const api_key& key) override;
    std::optional<api_key> find_key(std::string_view id) override;
    std::vector<api_key> list_keys() override;
    bool revoke_key(std::string_view id, timestamp at) override;
    [[nodiscard]] bool take_daily_post(std::string_view id, std::int64_t day, std::uint32_t limit)
        override;

    void read_all(record_sink& to) override;

    void put_closed_section(std::string_view section) override;
    void put_comment(const comment& each) override;
    void put_audit_entry(const audit_entry& each) override;
    void put_key(const api_key& each) override;
    void finish() override;

private:
    struct shelf {
        std::map<position, comment_id, std::greater<>> shown;  // newest first
        std::uint64_t published = 0;
        bool closed = false;
    };

    struct known_key {
        std::array<std::uint8_t, 32> content_hash{};
        timestamp expires_at;
        comment_id answer;
    };

    // All of these under mutex_.
    [[nodiscard]] std::optional<post_answer> recall(const idempotency_record& once) const;
    bool insert(const comment& added);
    void put_on_shelf(const comment& shown);
    void take_from_shelf(const comment& shown);
    [[nodiscard]] bool has_replies(const comment_id& id) const;
    std::optional<comment_state> remove(comment& going);
    void remove_empty_tombstones(std::optional<comment_id> from);
    void note(audit_entry entry, const std::string& section);

    void tell(const std::vector<std::string>& changed) noexcept;

    const clock& wall_;
    store_observer* observer_;
    std::mutex mutex_;  // guards all below
    std::map<comment_id, comment> comments_;
    std::map<std::string, shelf, std::less<>> shelves_;
    std::map<std::string, known_key> keys_;
    std::map<position, audit_entry, std::greater<>> audit_;
    std::map<std::string, api_key, std::less<>> api_keys_;
    std::map<std::pair<std::string, std::int64_t>, std::uint32_t> posts_of_day_;
};

}  // namespace palabre::store
