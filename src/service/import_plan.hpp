// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "ports/comment_source.hpp"
#include "service/import_report.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

namespace palabre {

// The number of no entry: entries of an export are numbered with 32 bits.
inline constexpr std::uint32_t no_entry = std::numeric_limits<std::uint32_t>::max();

// The first half of a SHA-256: keys of any length in fixed memory, and nobody finds two alike.
using short_hash = std::array<std::uint8_t, 16>;

struct hash_to_size {
    std::size_t operator()(const short_hash& hash) const noexcept {
        std::size_t out = 0;
        std::memcpy(&out, hash.data(), sizeof out);
        return out;
    }
};

// All that is kept of an entry between the two readings.
struct plan_entry {
    comment_id id;  // meaningful for a kept one only, as is the section
    std::uint32_t section = no_entry;
    std::uint32_t depth = no_entry;   // set by place_all, as is the parent
    std::uint32_t parent = no_entry;  // the number of another entry
    short_hash parent_key{};
    bool has_parent_key = false;
    bool kept = false;
    std::uint64_t content = 0;  // content_of it: an export may change under us
};

// A short check of everything that an entry says.
[[nodiscard]] std::uint64_t content_of(const foreign_comment& c);

// Its text as Markdown that markup::render takes at any depth limit not below the usual one.
[[nodiscard]] std::string to_markdown(const foreign_comment& c, foreign_newlines meaning);

// The index of an export, made by the first reading.
class import_plan {
public:
    explicit import_plan(import_report& report) : report_(report) {}

    void add(const foreign_comment& c, const comment_source& from);
    // Gives every kept entry its parent and depth. Once, after the last add.
    void place_all(std::uint32_t depth_max);
    [[nodiscard]] std::vector<imported_section> sections() const;

    [[nodiscard]] const std::vector<plan_entry>& entries() const noexcept { return entries_; }
    [[nodiscard]] const std::string& section_name(const plan_entry& of) const {
        return sections_[of.section].section;
    }

private:
    // Why it is left out is counted in the report.
    [[nodiscard]] bool decide(
        const foreign_comment& c, const comment_source& from, plan_entry& into
    );
    [[nodiscard]] std::uint32_t section_number(std::string name);
    [[nodiscard]] std::uint32_t find(const plan_entry& child) const;
    [[nodiscard]] std::uint32_t nearest_kept(const plan_entry& child) const;
    void place(std::uint32_t start, std::uint32_t depth_max);
    void place_below_parent(plan_entry& placed, std::uint32_t depth_max) const;

    import_report& report_;
    std::vector<plan_entry> entries_;
    std::unordered_map<short_hash, std::uint32_t, hash_to_size> by_key_;
    std::vector<imported_section> sections_;
    std::unordered_map<std::string, std::uint32_t> section_numbers_;
};

}  // namespace palabre
