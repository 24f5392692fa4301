// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "store/dynamodb/dynamodb_record_sink.hpp"
#include "store/dynamodb/move_mark.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace palabre::store {

// A dynamodb_record_sink that notes in the table how far it is (move_mark.hpp), so that a run which
// broke off is taken up by the next one.
class dynamodb_move_sink final : public resumable_sink {
public:
    // `service` outlives the sink. Throws store_error when the table is neither empty nor left
    // half-way by an earlier move.
    dynamodb_move_sink(aws::client& service, std::string table);

    [[nodiscard]] std::optional<comment_id> has_up_to() const override;
    void put_closed_section(std::string_view section) override;
    void put_comment(const comment& each) override;
    void put_audit_entry(const audit_entry& each) override;
    void put_key(const api_key& each) override;
    void finish() override;

    // After finish(): the table serves from then on. Until it is called, a next run begins where
    // this one ended.
    void open_up();

private:
    [[nodiscard]] dynamodb::table_access access() const;
    [[nodiscard]] dynamodb_sink_options options() const;

    aws::client& service_;
    const std::string table_;
    const std::optional<dynamodb::move_mark> before_;  // what an earlier run left
    dynamodb_record_sink records_;
    std::uint64_t put_ = 0;  // since the mark was last written
};

}  // namespace palabre::store
