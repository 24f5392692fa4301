// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"
#include "ports/record_source.hpp"

#include <string>
#include <vector>

namespace palabre::contract {

// Everything in a home, as values.
struct all_records {
    std::vector<std::string> closed;
    std::vector<comment> comments;
    std::vector<audit_entry> audit;
    std::vector<api_key> keys;
    bool operator==(const all_records&) const = default;
};

class collecting_sink : public record_sink {
public:
    void put_closed_section(std::string_view section) override { got.closed.emplace_back(section); }
    void put_comment(const comment& each) override { got.comments.push_back(each); }
    void put_audit_entry(const audit_entry& each) override { got.audit.push_back(each); }
    void put_key(const api_key& each) override { got.keys.push_back(each); }
    void finish() override { finished = true; }

    all_records got;
    bool finished = false;
};

inline all_records records_of(record_source& from) {
    collecting_sink sink;
    from.read_all(sink);
    return sink.got;
}

inline void put_all(const all_records& from, record_sink& to) {
    for (const auto& each : from.closed)
        to.put_closed_section(each);
    for (const auto& each : from.comments)
        to.put_comment(each);
    for (const auto& each : from.audit)
        to.put_audit_entry(each);
    for (const auto& each : from.keys)
        to.put_key(each);
    to.finish();
}

// A comment that has something everywhere, and characters that formats stumble over.
inline comment a_full_comment(std::uint32_t number) {
    auto made = a_comment(number, "/блог/été");
    made.author = "Zoé \"Ω\" \\ 李😀";
    made.text = std::string("tab\tline\r\n\n\u2028\u00a0e\u0301 <b>&amp;</b> ") + '\0' + "\x01\x7f";
    made.html = "<p>tab\tline</p>\n";
    made.renderer = 4'000'000'000;
    made.parent = id_of(1);
    made.depth = 7;
    made.website = "https://exämple.example/?q=1&r=\"2\"";
    made.edited_at = {made.at.ms + 1};
    made.state = comment_state::held;
    made.held_because = "12 links; « trop »";
    made.verified = true;
    return made;
}

inline comment in_state(comment_state state, comment made) {
    made.state = state;
    return made;
}

inline comment a_tombstone(std::uint32_t number) {
    auto left = in_state(comment_state::deleted, a_comment(number));
    left.author.clear();
    left.text.clear();
    left.html.clear();
    return left;
}

inline audit_entry an_entry(std::uint32_t number, action what) {
    audit_entry entry;
    entry.id = id_of(1'000'000 + number);
    // Time falls while ids rise: order is by time first.
    entry.at = {1'650'000'000'000 - std::int64_t{number}};
    entry.by = "key:anna";
    entry.what = what;
    entry.section = usual_section;
    if (what < action::close) entry.about = id_of(number);
    entry.note = number % 2 == 0 ? "" : "trop \"vif\"\n";
    return entry;
}

inline api_key a_whole_key(std::uint8_t number) {
    api_key key;
    key.id = "key-" + std::to_string(number);
    key.name = "blog n° " + std::to_string(number);
    key.may = static_cast<role>(number % 3);
    key.hash.fill(number);
    if (number % 2 == 1) key.origins = {"https://one.example", "http://127.0.0.1:8080"};
    key.posts_per_minute = number;
    key.posts_per_day = 4'000'000'000;
    key.made_at = {1'600'000'000'000 - std::int64_t{number}};
    if (number % 2 == 0) key.revoked_at = timestamp{1'700'000'000'000};
    return key;
}

// Something of every kind and state, in the order of ports/record_sink.hpp.
inline all_records everything() {
    all_records made;
    made.closed = {"/closed/without/comments", std::string(usual_section)};
    made.comments = {
        a_comment(1),
        a_full_comment(2),
        in_state(comment_state::rejected, a_comment(3)),
        in_state(comment_state::spam, reply_to(1, a_comment(4))),
        a_tombstone(5),
        reply_to(5, a_comment(6)),
        held(at_time_of(1, a_comment(7, "x"))),
    };
    for (std::uint32_t number = 7; number > 0; --number) {
        made.audit.push_back(an_entry(number, static_cast<action>(number - 1)));
    }
    for (std::uint8_t number = 4; number > 0; --number)
        made.keys.push_back(a_whole_key(number));
    return made;
}

}  // namespace palabre::contract
