// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "ports/clock.hpp"
#include "ports/home_store.hpp"
#include "ports/section_stamps.hpp"
#include "store/dynamodb/table.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace palabre::store {

struct dynamodb_options {
    std::string table{dynamodb::default_table};
    store_observer* observer = nullptr;  // outlives the store; null: nobody is told
    // Until when a verb that begins now has to be done: in a Lambda function the invocation's end.
    // Empty: ten seconds from now. Verbs over many comments ask before each request. Called from
    // any thread.
    std::function<aws::client::clock::time_point()> deadline;
};

// Comments in one table of Amazon DynamoDB, which any number of processes may share. The format is
// docs/formats/dynamodb.md; why it is so, docs/decisions/0014-dynamodb.md.
//
// Pages, queues, the audit and the list of keys come from indexes, which DynamoDB brings up to date
// a moment after a write, usually within milliseconds. All else sees every write at once. Not one
// moment: read_all. An observer hears of what this object writes, not of other processes.
class dynamodb_store final : public home_store, public section_stamps {
public:
    // `service` and `wall` outlive the store. Nothing is asked of the service yet.
    dynamodb_store(aws::client& service, const clock& wall, dynamodb_options how);
    ~dynamodb_store() override;
    dynamodb_store(const dynamodb_store&) = delete;
    dynamodb_store& operator=(const dynamodb_store&) = delete;

    post_answer post(const comment& draft, const std::optional<idempotency_record>& once) override;
    std::size_t add_missing(std::span<const comment> batch) override;
    std::optional<comment> find(const comment_id& id) override;
    std::optional<comment> find_any(const comment_id& id) override;
    page list(const page_query& query) override;
    // Reads one small item, as it is now.
    std::optional<std::string> stamp(std::string_view section) override;
    std::vector<section_count> counts(std::span<const std::string> sections) override;
    // Reads the whole table.
    std::vector<section_count> largest_sections(std::size_t limit) override;
    std::uint64_t count_held() override;
    // Reads the whole table, once for each walk from its beginning to its end.
    std::vector<comment> list_rendered_by_others(
        std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
    ) override;
    void replace_html(std::span<const comment> rendered) override;
    // Fails as long as a move into the table is not done, too.
    void check() override;
    // Says nothing: DynamoDB takes what is written or says why not, and nothing is known before.
    void check_writing() override;

    // Of published or deleted comments over all sections: reads the whole index of pages.
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

    // Holds the ids of all comments, the audit and the keys in memory. What is written meanwhile
    // may be in it or not.
    void read_all(record_sink& to) override;

private:
    struct state;
    void tell(const std::vector<std::string>& changed) noexcept;

    const std::unique_ptr<state> state_;
};

}  // namespace palabre::store
