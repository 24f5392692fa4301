// SPDX-License-Identifier: Apache-2.0
#include "archive/record_json.hpp"

#include "archive/members.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"
#include "util/json_text.hpp"
#include "util/sha256.hpp"

#include <boost/json/monotonic_resource.hpp>

#include <algorithm>
#include <array>

namespace palabre::archive {
namespace {

using util::json_array;
using util::json_object;

bool in_range(timestamp at) {
    return at >= timestamp_min && at <= timestamp_max;
}

bool in_range(const std::optional<timestamp>& at) {
    return !at || in_range(*at);
}

template <class... texts>
bool all_valid_utf8(const texts&... all) {
    return (is_valid_utf8(all) && ...);
}

// Each line is read into memory of its own, let go of at once.
template <class maker>
auto parse_line(std::string_view line, const maker& make)
    -> parsed<decltype(make(std::declval<members&>()))> {
    if (line.size() > line_bytes_max) return std::unexpected("is too long");
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): zeroing it for each line takes time
    std::array<unsigned char, 16 * 1024> room;
    boost::json::monotonic_resource memory(room.data(), room.size());
    boost::json::error_code error;
    const auto value = boost::json::parse(line, error, &memory);
    if (error) return std::unexpected("is no JSON: " + error.message());
    try {
        members of(value);
        auto record = make(of);
        of.require_all_known();
        return record;
    } catch (const bad_member& wrong) {
        return std::unexpected(wrong.what());
    }
}

template <class record>
parsed<record> without_problem(parsed<record> read) {
    if (!read) return read;
    if (auto problem = find_problem(*read)) return std::unexpected(*std::move(problem));
    return read;
}

std::vector<std::string> origins_of(const boost::json::value& value) {
    const auto* array = value.if_array();
    if (array == nullptr) throw bad_member("has origins that are no list");
    std::vector<std::string> all;
    for (const auto& each : *array) {
        const auto* text = each.if_string();
        if (text == nullptr) throw bad_member("has an origin that is no text");
        all.emplace_back(text->data(), text->size());
    }
    return all;
}

}  // namespace

// Not whether make_section_id would make it: how paths are folded may change, and comments under
// names of before must still come back.
std::optional<std::string> find_section_problem(std::string_view section) {
    if (section.empty()) return "has no section";
    if (section.size() > section_id_bytes_max) return "has too long a section";
    if (find_text_problem(section, line_breaks::forbidden)) return "has a section that is none";
    return std::nullopt;
}

std::optional<std::string> find_problem(const comment& c) {
    if (c.state > comment_state::deleted) return "has an unknown state";
    if (!in_range(c.at) || !in_range(c.edited_at)) return "has an impossible time";
    if (!all_valid_utf8(c.author, c.text, c.html, c.website.value_or(""), c.held_because)) {
        return "holds text that is no UTF-8";
    }
    return find_section_problem(c.section);
}

std::optional<std::string> find_problem(const audit_entry& entry) {
    if (entry.what > action::reopen) return "has an unknown action";
    if (!in_range(entry.at)) return "has an impossible time";
    if (!all_valid_utf8(entry.by, entry.note)) return "holds text that is no UTF-8";
    return find_section_problem(entry.section);
}

std::optional<std::string> find_problem(const api_key& key) {
    if (key.may > role::admin) return "has an unknown role";
    if (!in_range(key.made_at) || !in_range(key.revoked_at)) return "has an impossible time";
    if (key.id.empty() || !all_valid_utf8(key.id, key.name)) return "has no readable name";
    const auto is_origin = [](const std::string& text) {
        return !text.empty() && is_valid_utf8(text) && text.find(' ') == text.npos;
    };
    if (!std::ranges::all_of(key.origins, is_origin)) return "has an origin that is none";
    return std::nullopt;
}

void append_line(std::string& to, const comment& c) {
    {
        json_object line(to);
        line.add("id", to_string(c.id));
        line.add("section", c.section);
        line.add("at", to_rfc3339(c.at));
        line.add("author", c.author);
        line.add("text", c.text);
        line.add("html", c.html);
        line.add("renderer", std::uint64_t{c.renderer});
        if (c.parent) line.add("parent", to_string(*c.parent));
        line.add("depth", std::uint64_t{c.depth});
        if (c.website) line.add("website", *c.website);
        if (c.edited_at) line.add("editedAt", to_rfc3339(*c.edited_at));
        line.add("state", name_of(c.state));
        line.add("heldBecause", c.held_because);
        line.add("verified", c.verified);
    }
    to += '\n';
}

parsed<comment> parse_comment(std::string_view line) {
    return without_problem(parse_line(line, [](members& of) {
        comment c;
        c.id = of.id("id");
        c.section = of.text("section");
        c.at = of.time("at");
        c.author = of.text("author");
        c.text = of.text("text");
        c.html = of.text("html");
        c.renderer = of.small_number("renderer");
        c.parent = of.maybe_parsed_by(parse_comment_id, "parent");
        c.depth = of.small_number("depth");
        c.website = of.maybe_text("website");
        c.edited_at = of.maybe_parsed_by(parse_rfc3339, "editedAt");
        c.state = of.parsed_by(parse_comment_state, "state");
        c.held_because = of.text("heldBecause");
        c.verified = of.boolean("verified");
        return c;
    }));
}

void append_line(std::string& to, const audit_entry& entry) {
    {
        json_object line(to);
        line.add("id", to_string(entry.id));
        line.add("at", to_rfc3339(entry.at));
        line.add("by", entry.by);
        line.add("action", name_of(entry.what));
        if (entry.about) line.add("about", to_string(*entry.about));
        line.add("section", entry.section);
        line.add("note", entry.note);
    }
    to += '\n';
}

parsed<audit_entry> parse_audit_entry(std::string_view line) {
    return without_problem(parse_line(line, [](members& of) {
        audit_entry entry;
        entry.id = of.id("id");
        entry.at = of.time("at");
        entry.by = of.text("by");
        entry.what = of.parsed_by(parse_action, "action");
        entry.about = of.maybe_parsed_by(parse_comment_id, "about");
        entry.section = of.text("section");
        entry.note = of.text("note");
        return entry;
    }));
}

void append_line(std::string& to, const api_key& key) {
    {
        json_object line(to);
        line.add("id", key.id);
        line.add("name", key.name);
        line.add("role", name_of(key.may));
        line.add("sha256", util::to_hex(key.hash));
        {
            json_array origins(line.add_raw("origins"));
            for (const auto& each : key.origins)
                util::append_json_string(origins.next(), each);
        }
        line.add("postsPerMinute", std::uint64_t{key.posts_per_minute});
        line.add("postsPerDay", std::uint64_t{key.posts_per_day});
        line.add("madeAt", to_rfc3339(key.made_at));
        if (key.revoked_at) line.add("revokedAt", to_rfc3339(*key.revoked_at));
    }
    to += '\n';
}

parsed<api_key> parse_key(std::string_view line) {
    return without_problem(parse_line(line, [](members& of) {
        api_key key;
        key.id = of.text("id");
        key.name = of.text("name");
        key.may = of.parsed_by(parse_role, "role");
        key.hash = of.parsed_by(util::parse_sha256, "sha256");
        key.origins = origins_of(of.any("origins"));
        key.posts_per_minute = of.small_number("postsPerMinute");
        key.posts_per_day = of.small_number("postsPerDay");
        key.made_at = of.time("madeAt");
        key.revoked_at = of.maybe_parsed_by(parse_rfc3339, "revokedAt");
        return key;
    }));
}

void append_section_line(std::string& to, std::string_view section) {
    {
        json_object line(to);
        line.add("section", section);
        line.add("closed", true);
    }
    to += '\n';
}

parsed<std::string> parse_section(std::string_view line) {
    auto section = parse_line(line, [](members& of) {
        auto name = of.text("section");
        if (!of.boolean("closed")) throw bad_member("is not closed");
        return name;
    });
    if (!section) return section;
    if (auto problem = find_section_problem(*section)) return std::unexpected(*std::move(problem));
    return section;
}

}  // namespace palabre::archive
