// SPDX-License-Identifier: Apache-2.0
#include "service/record_tally.hpp"

#include "archive/archive_error.hpp"
#include "archive/record_json.hpp"
#include "util/sha256.hpp"

namespace palabre {
namespace {

void add_to(std::array<std::uint8_t, 32>& sum, const util::sha256_digest& digest) {
    unsigned carry = 0;
    for (std::size_t i = sum.size(); i-- > 0;) {
        carry += unsigned{sum[i]} + digest[i];
        sum[i] = static_cast<std::uint8_t>(carry & 0xffU);
        carry >>= 8U;
    }
}

std::optional<std::string> differ(std::uint64_t sent, std::uint64_t found, const char* what) {
    if (sent == found) return std::nullopt;
    return std::to_string(sent) + " " + what + " were sent and " + std::to_string(found) +
           " are there";
}

}  // namespace

// The same line as in a backup stands for a record: every member of it, spelt in one way. The kind
// goes before, since a section might be named like another record's line.
void tallying_sink::add(char kind) {
    add_to(tally_.sum, util::sha256_of_fields({std::string_view(&kind, 1), line_}));
    line_.clear();
}

void tallying_sink::expect_comments(std::uint64_t count) {
    if (next_ != nullptr) next_->expect_comments(count);
}

void tallying_sink::put_closed_section(std::string_view section) {
    archive::append_section_line(line_, section);
    add('s');
    ++tally_.closed_sections;
    if (next_ != nullptr) next_->put_closed_section(section);
}

void tallying_sink::put_comment(const comment& each) {
    if (const auto problem = archive::find_problem(each)) {
        throw archive::archive_error("comment " + to_string(each.id) + " " + *problem);
    }
    archive::append_line(line_, each);
    add('c');
    ++tally_.comments;
    if (next_ != nullptr) next_->put_comment(each);
}

void tallying_sink::put_audit_entry(const audit_entry& each) {
    archive::append_line(line_, each);
    add('a');
    ++tally_.audit_entries;
    if (next_ != nullptr) next_->put_audit_entry(each);
}

void tallying_sink::put_key(const api_key& each) {
    archive::append_line(line_, each);
    add('k');
    ++tally_.keys;
    if (next_ != nullptr) next_->put_key(each);
}

void tallying_sink::finish() {
    if (next_ != nullptr) next_->finish();
}

std::optional<std::string> difference_between(const record_tally& sent, const record_tally& found) {
    for (auto named : {
             differ(sent.comments, found.comments, "comments"),
             differ(sent.audit_entries, found.audit_entries, "audit entries"),
             differ(sent.keys, found.keys, "keys"),
             differ(sent.closed_sections, found.closed_sections, "closed sections"),
         }) {
        if (named) return named;
    }
    if (sent.sum != found.sum) return "as many records are there as were sent, and not the same";
    return std::nullopt;
}

}  // namespace palabre
