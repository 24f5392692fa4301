// SPDX-License-Identifier: Apache-2.0
#include "http/read_body.hpp"

#include "core/text.hpp"

#include <boost/json/stream_parser.hpp>
#include <boost/json/value_to.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace palabre::http {
namespace {

namespace json = boost::json;

// RFC 8259 §8.1: JSON is UTF-8, so any other charset is refused rather than guessed at.
bool declares_json(const request& asked) {
    const std::string type = fold_ascii_case(asked.header("content-type").value_or(""));
    const std::string_view essence = trim(std::string_view(type).substr(0, type.find(';')));
    if (essence != "application/json") return false;
    const std::size_t charset = type.find("charset=");
    if (charset == std::string::npos) return true;
    const std::string_view name = trim(std::string_view(type).substr(charset + 8));
    return name == "utf-8" || name == "\"utf-8\"";
}

failure malformed(std::string detail) {
    return {errc::malformed_json, std::move(detail), {}};
}

// Names the place where parsing stopped, in words a person can use.
std::string explain(const boost::system::error_code& why, std::size_t offset) {
    if (why == json::error::too_deep) return "Nest less: the body may be 16 levels deep.";
    return fmt::format("Send valid JSON; this body stops being JSON at byte {}.", offset + 1);
}

// Takes a member that should be a string; notes it when it is something else.
void take(
    const json::object& body,
    field where,
    std::optional<std::string>& to,
    std::vector<field>& wrong_types
) {
    const json::value* member = body.if_contains(name_of(where));
    if (member == nullptr || member->is_null()) return;
    if (const json::string* text = member->if_string()) {
        to.emplace(text->data(), text->size());
    } else {
        wrong_types.push_back(where);
    }
}

// The field "email" stands in the form where only machines see it.
form_signals signals_of(const json::object& body) {
    form_signals signals;
    if (const auto* trap = body.if_contains("email")) {
        signals.trap_filled =
            !trap->is_null() && !(trap->is_string() && trap->get_string().empty());
    }
    if (const auto* elapsed = body.if_contains("elapsedMs"); elapsed && elapsed->is_number()) {
        boost::system::error_code out_of_range;
        const auto ms = elapsed->to_number<std::int64_t>(out_of_range);
        if (!out_of_range) signals.elapsed_ms = ms;
    }
    return signals;
}

}  // namespace

result<json::object> parse_object(const request& asked) {
    if (!declares_json(asked)) {
        return refused(
            failure{errc::not_json, "Send the body as Content-Type: application/json in UTF-8.", {}}
        );
    }
    if (trim(asked.body).empty())
        return refused(malformed("The body is empty; send a JSON object."));
    if (!is_valid_utf8(asked.body)) return refused(malformed("The body is not valid UTF-8."));
    json::parse_options options;
    options.max_depth = json_depth_max;
    json::stream_parser parser({}, options);
    boost::system::error_code why;
    const std::size_t used = parser.write_some(asked.body.data(), asked.body.size(), why);
    if (!why && used < asked.body.size()) why = json::error::extra_data;
    if (!why) parser.finish(why);
    if (why) return refused(malformed(explain(why, used)));
    json::value parsed = parser.release();
    if (!parsed.is_object()) return refused(malformed("Send a JSON object, in curly brackets."));
    return std::move(parsed.get_object());
}

result<draft_body> read_draft(const request& asked) {
    const auto body = parse_object(asked);
    if (!body) return refused(body.error());
    raw_draft draft;
    take(*body, field::section_id, draft.section_id, draft.wrong_types);
    take(*body, field::author, draft.author, draft.wrong_types);
    take(*body, field::text, draft.text, draft.wrong_types);
    take(*body, field::parent_id, draft.parent_id, draft.wrong_types);
    take(*body, field::website, draft.website, draft.wrong_types);
    return draft_body{std::move(draft), signals_of(*body)};
}

result<std::optional<std::string>> read_text(const request& asked) {
    const auto body = parse_object(asked);
    if (!body) return refused(body.error());
    std::optional<std::string> text;
    std::vector<field> wrong_types;
    take(*body, field::text, text, wrong_types);
    if (wrong_types.empty()) return text;
    return refused(failure{
        errc::invalid_fields,
        "Some fields need another look.",
        {{field::text, field_problem::wrong_type, "Send this field as a string.", {}}}
    });
}

}  // namespace palabre::http
