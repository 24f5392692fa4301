// SPDX-License-Identifier: Apache-2.0
#include "http/comment_routes.hpp"

#include "http/comment_json.hpp"
#include "http/page_request.hpp"
#include "http/post_rate.hpp"
#include "http/problem.hpp"
#include "http/query.hpp"
#include "http/read_body.hpp"
#include "service/count_comments.hpp"
#include "service/edit_token.hpp"
#include "service/find_comment.hpp"
#include "service/preview_comment.hpp"

#include <utility>

namespace palabre::http {
namespace {

constexpr std::string_view one_comment = "/commentaires/{id}";

// Given once, in the answer to a post.
constexpr std::string_view edit_token_field = "edit-token";

// In UTC, where the day of a quota ends. At least one.
std::int64_t seconds_to_midnight(timestamp now) {
    constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
    return (day_ms - now.ms % day_ms + 999) / 1000;
}

}  // namespace

comment_routes::comment_routes(
    const post_comment::ports& over,
    const kept_pages::parts& pages,
    const limits& allowed,
    const posting_rules& rules,
    std::string edit_secret,
    guard::post_limits* limits
)
    : store_(over.comments),
      time_(over.time),
      limits_(limits),
      pages_(pages, over.time),
      allowed_(allowed),
      rules_(rules),
      edit_secret_(std::move(edit_secret)),
      list_(over.comments, allowed),
      post_(over, allowed, rules),
      edit_({over.comments, over.moderation, over.time, over.ids}, allowed, rules, edit_secret_) {}

void comment_routes::add_to(router& routes) {
    const auto add = [&](method verb,
                         std::string_view pattern,
                         std::string_view name,
                         response (comment_routes::*answer)(const request&, const caller&)) {
        routes.add(
            {verb,
             pattern,
             name,
             std::nullopt,
             [this, answer](const auto& asked, const auto& from) {
                 return (this->*answer)(asked, from);
             }}
        );
    };
    using self = comment_routes;
    add(method::get, comments_path, "GET /commentaires", &self::list);
    add(method::post, comments_path, "POST /commentaires", &self::post);
    add(method::get, "/commentaires/counts", "GET /commentaires/counts", &self::count);
    add(method::post, "/commentaires/preview", "POST /commentaires/preview", &self::preview);
    add(method::get, one_comment, "GET /commentaires/{id}", &self::find);
    add(method::patch, one_comment, "PATCH /commentaires/{id}", &self::change);
    add(method::delete_resource, one_comment, "DELETE /commentaires/{id}", &self::remove);
}

std::optional<response> comment_routes::cached_page(const request& asked) {
    const auto page = read_page_request(asked, allowed_);
    if (!page) return std::nullopt;
    const auto found = pages_.find_at_once(*page);
    if (!found) return std::nullopt;
    return page_response(asked, found);
}

response comment_routes::list(const request& asked, const caller& /*from*/) {
    const auto page = read_page_request(asked, allowed_);
    if (!page) return problem_response(page.error());
    const auto place = pages_.look(*page);
    if (place.found) return page_response(asked, place.found);
    const auto listed = list_.run(page->wanted);
    if (!listed) return problem_response(listed.error());
    return page_response(asked, pages_.keep(place, *page, to_json(*listed)));
}

response comment_routes::post(const request& asked, const caller& from) {
    auto body = read_draft(asked);
    if (!body) return problem_response(body.error());
    guard::post_verdict rate;
    if (limits_ != nullptr) rate = take_post(*limits_, asked, from, body->draft);
    if (!rate.allowed) return post_refusal(rate);
    post_comment::input input{std::move(body->draft), std::nullopt, body->signals, from};
    if (const auto key = asked.header("idempotency-key")) input.idempotency_key.emplace(*key);
    const auto posted = post_.run(input);
    if (!posted) return refusal_of(posted.error());
    const comment& stored = posted->stored;
    // Spam is answered as what is held: a machine need not know that it was seen through.
    const bool published = stored.state == comment_state::published;
    auto answer = json_response(published ? 201 : 202, to_json(stored, permit_for(stored)));
    if (published) {
        answer.set("location", std::string(comments_path) + "/" + to_string(stored.id));
    }
    describe_post_rate(answer, rate);
    return answer;
}

response comment_routes::refusal_of(const failure& why) const {
    auto answer = problem_response(why);
    if (why.code == errc::quota_exceeded) {
        answer.set("retry-after", std::to_string(seconds_to_midnight(time_.now())));
    }
    return answer;
}

std::optional<edit_permit> comment_routes::permit_for(const comment& posted) const {
    if (rules_.edit_ms == 0) return std::nullopt;
    return edit_permit{
        edit_token_for(posted.id, edit_secret_), timestamp{posted.at.ms + rules_.edit_ms}
    };
}

response comment_routes::find(const request& asked, const caller& /*from*/) {
    const auto found = find_comment(store_, last_segment(asked.path));
    if (!found) return problem_response(found.error());
    return json_response(200, to_json(*found));
}

response comment_routes::change(const request& asked, const caller& from) {
    const auto text = read_text(asked);
    if (!text) return problem_response(text.error());
    const auto id = last_segment(asked.path);
    const auto edited = edit_.change(id, asked.header(edit_token_field), *text, from);
    if (!edited) return problem_response(edited.error());
    const bool published = edited->state == comment_state::published;
    return json_response(published ? 200 : 202, to_json(*edited));
}

response comment_routes::remove(const request& asked, const caller& /*from*/) {
    const auto removed = edit_.remove(last_segment(asked.path), asked.header(edit_token_field));
    if (!removed) return problem_response(removed.error());
    response answer;
    answer.status = 204;
    answer.set("cache-control", "no-store");
    return answer;
}

response comment_routes::count(const request& asked, const caller& /*from*/) {
    const auto counts = count_comments(store_, query(asked.query).all("sectionId"));
    if (!counts) return problem_response(counts.error());
    return json_response(200, to_json(*counts));
}

response comment_routes::preview(const request& asked, const caller& /*from*/) {
    const auto text = read_text(asked);
    if (!text) return problem_response(text.error());
    const auto html = preview_comment(*text, allowed_);
    if (!html) return problem_response(html.error());
    return json_response(200, preview_json(*html));
}

}  // namespace palabre::http
