// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "ports/record_sink.hpp"
#include "store/dynamodb/table.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace palabre::store {

struct dynamodb_sink_options {
    std::string table{dynamodb::default_table};

    // An earlier run of the same records broke off. All of them are given again; comments up to
    // and with `written_up_to` are counted and not sent, what comes after is written over.
    bool resumes = false;
    std::optional<comment_id> written_up_to = std::nullopt;

    // How long one request may take, its repetitions included.
    std::chrono::seconds patience{60};
};

// Fills an empty table with records, as ports/record_sink.hpp has it: for a restore and a move.
// After finish() the table serves as if they had come one by one. Nobody else writes meanwhile.
// Several requests are under way at once; what one of them throws comes out of a later verb.
class dynamodb_record_sink final : public record_sink {
public:
    // `service` outlives the sink. Throws store_error when the table is not empty, unless an
    // earlier run is resumed.
    dynamodb_record_sink(aws::client& service, dynamodb_sink_options how);
    ~dynamodb_record_sink() override;
    dynamodb_record_sink(const dynamodb_record_sink&) = delete;
    dynamodb_record_sink& operator=(const dynamodb_record_sink&) = delete;

    void put_closed_section(std::string_view section) override;
    void put_comment(const comment& each) override;
    void put_audit_entry(const audit_entry& each) override;
    void put_key(const api_key& each) override;
    void finish() override;

    // Every comment up to and with this one is in the table: what a run that breaks off notes down
    // for the next one. None: no such comment yet.
    [[nodiscard]] std::optional<comment_id> written_up_to() const;

private:
    struct state;
    const std::unique_ptr<state> state_;
};

}  // namespace palabre::store
