// SPDX-License-Identifier: Apache-2.0
#include "http/comment_json.hpp"

#include "util/json_text.hpp"

namespace palabre::http {
namespace {

// Room for what surrounds the text of a comment, so that a page is written without copying.
constexpr std::size_t comment_overhead_bytes = 320;

void add(std::string& json, const comment& one) {
    util::json_object object(json);
    add_members(object, one);
}

void add(std::string& json, const comment& one, const std::optional<edit_permit>& permit) {
    util::json_object object(json);
    add_members(object, one);
    if (!permit) return;
    object.add("editToken", permit->token);
    object.add("editableUntil", to_rfc3339(permit->until));
}

std::size_t expected_size(const std::vector<comment>& comments) {
    std::size_t bytes = 128;
    for (const comment& c : comments) {
        bytes += c.text.size() + c.html.size() + comment_overhead_bytes;
    }
    return bytes;
}

void add(std::string& json, const list_comments::output& listed) {
    json.reserve(expected_size(listed.found.comments));
    util::json_object object(json);
    {
        util::json_array list(object.add_raw("comments"));
        for (const comment& c : listed.found.comments)
            add(list.next(), c);
    }
    if (listed.next_cursor) object.add("nextCursor", *listed.next_cursor);
    if (listed.previous_cursor) object.add("previousCursor", *listed.previous_cursor);
    object.add("total", listed.found.total);
    if (listed.found.closed) object.add("closed", true);
}

void add(std::string& json, const std::vector<section_count>& counts) {
    util::json_object object(json);
    util::json_array list(object.add_raw("counts"));
    for (const section_count& count : counts) {
        util::json_object item(list.next());
        item.add("sectionId", count.section);
        item.add("total", count.published);
    }
}

std::string_view status_of(const health_report& report) {
    if (report.passed()) return "ok";
    return report.can_serve() ? "degraded" : "failing";
}

void add(std::string& json, const health_report& report, std::string_view version) {
    util::json_object object(json);
    object.add("status", status_of(report));
    object.add("version", version);
    util::json_object checks(object.add_raw("checks"));
    for (const check_outcome& outcome : report.checks) {
        util::json_object check(checks.add_raw(outcome.name));
        check.add("status", outcome.failure.empty() ? "ok" : "failing");
        if (!outcome.failure.empty()) check.add("detail", outcome.failure);
    }
}

struct preview {
    std::string_view html;
};

void add(std::string& json, const preview& shown) {
    util::json_object object(json);
    object.add("html", shown.html);
}

// The writers close their brackets when they end, so the text is taken after that and not before.
template <class... Values>
std::string written(const Values&... values) {
    std::string json;
    add(json, values...);
    return json;
}

}  // namespace

void add_members(util::json_object& object, const comment& one) {
    object.add("id", to_string(one.id));
    object.add("sectionId", one.section);
    object.add("timestamp", to_rfc3339(one.at));
    object.add("author", one.author);
    object.add("text", one.text);
    object.add("html", one.html);
    if (one.parent) object.add("parentId", to_string(*one.parent));
    if (one.website) object.add("website", *one.website);
    if (one.edited_at) object.add("editedAt", to_rfc3339(*one.edited_at));
    object.add("verified", one.verified);
    if (one.state == comment_state::deleted) object.add("deleted", true);
}

std::string to_json(const comment& one, const std::optional<edit_permit>& permit) {
    return written(one, permit);
}

std::string to_json(const list_comments::output& listed) {
    return written(listed);
}

std::string to_json(const std::vector<section_count>& counts) {
    return written(counts);
}

std::string to_json(const health_report& report, std::string_view version) {
    return written(report, version);
}

std::string preview_json(std::string_view html) {
    return written(preview{html});
}

}  // namespace palabre::http
