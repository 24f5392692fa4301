// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "ports/record_source.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace palabre {

// What some records come to, whatever order they came in: two homes that keep the same have the
// same tally, and one in which a single character differs has another. `sum` adds up a SHA-256 of
// each record, modulo 2^256: it tells of accidents, not of somebody who forges records.
struct record_tally {
    std::uint64_t closed_sections = 0;
    std::uint64_t comments = 0;
    std::uint64_t audit_entries = 0;
    std::uint64_t keys = 0;
    std::array<std::uint8_t, 32> sum{};  // big-endian

    bool operator==(const record_tally&) const = default;
};

// Tallies the records that it passes on.
class tallying_sink final : public record_sink {
public:
    // `next` outlives this; null when the records are only to be looked at.
    explicit tallying_sink(record_sink* next) : next_(next) {}

    // Throws archive::archive_error for a record that no backup could hold either.
    void expect_comments(std::uint64_t count) override;
    void put_closed_section(std::string_view section) override;
    void put_comment(const comment& each) override;
    void put_audit_entry(const audit_entry& each) override;
    void put_key(const api_key& each) override;
    void finish() override;

    [[nodiscard]] const record_tally& tally() const noexcept { return tally_; }

private:
    void add(char kind);

    record_sink* next_;
    record_tally tally_;
    std::string line_;  // of the record that is added
};

// In what `found` differs from `sent`, as a clause; none when it does not.
[[nodiscard]] std::optional<std::string> difference_between(
    const record_tally& sent, const record_tally& found
);

}  // namespace palabre
