// SPDX-License-Identifier: Apache-2.0
#include "http/api.hpp"

#include "http/comment_json.hpp"
#include "http/page_request.hpp"
#include "http/problem.hpp"
#include "http/query.hpp"
#include "http/read_body.hpp"
#include "service/count_comments.hpp"
#include "service/find_comment.hpp"
#include "service/preview_comment.hpp"

#include <exception>
#include <utility>

namespace palabre::http {
namespace {

constexpr std::string_view comments_path = "/commentaires";
constexpr std::string_view comment_prefix = "/commentaires/";

// A path that ends in {id} takes whatever the last segment is.
constexpr std::string_view comment_pattern = "/commentaires/{id}";

response json_response(unsigned status, std::string json) {
    response answer;
    answer.status = status;
    answer.set("content-type", "application/json");
    answer.set("cache-control", "no-store");
    answer.body = std::move(json);
    return answer;
}

bool fits(std::string_view pattern, std::string_view path) {
    if (pattern != comment_pattern) return pattern == path;
    return path.starts_with(comment_prefix) && path.size() > comment_prefix.size() &&
           path.find('/', comment_prefix.size()) == std::string_view::npos;
}

// HEAD is answered as GET is; whoever sends the answer leaves the body out (RFC 9110 §9.3.2).
method effective(method verb) {
    return verb == method::head ? method::get : verb;
}

}  // namespace

struct api::route {
    method verb;
    std::string_view pattern;
    std::string_view name;
    response (api::*answer)(const request&);
};

// The more exact pattern stands first. The names are those of the contract.
const std::vector<api::route>& api::routes() {
    static const std::vector<route> table = {
        {method::get, comments_path, "GET /commentaires", &api::list},
        {method::post, comments_path, "POST /commentaires", &api::post},
        {method::get, "/commentaires/counts", "GET /commentaires/counts", &api::count},
        {method::post, "/commentaires/preview", "POST /commentaires/preview", &api::preview},
        {method::get, comment_pattern, "GET /commentaires/{id}", &api::find},
        {method::get, "/health", "GET /health", &api::health},
        {method::get, "/openapi.json", "GET /openapi.json", &api::contract},
    };
    return table;
}

api::api(
    api_options options, comment_store& store, page_cache& cache, const clock& time, id_source& ids
)
    : options_(std::move(options)),
      cors_(options_.allowed_origins),
      store_(store),
      cache_(cache),
      list_(store, options_.allowed),
      post_(store, time, ids, options_.allowed),
      contract_fingerprint_(fingerprint_of(options_.contract_json)) {}

bool api::owns(std::string_view path) const noexcept {
    return path == comments_path || path.starts_with(comment_prefix) || path == "/health" ||
           path == "/openapi.json";
}

api::match api::look_up(const request& asked) {
    match result;
    std::string_view pattern;
    for (const route& candidate : routes()) {
        // Once a pattern has fitted, a less exact one no longer counts.
        if (!fits(candidate.pattern, asked.path)) continue;
        if (!pattern.empty() && candidate.pattern != pattern) continue;
        pattern = candidate.pattern;
        if (candidate.verb == effective(asked.verb)) result.found = &candidate;
        if (!result.methods.empty()) result.methods += ", ";
        result.methods += candidate.verb == method::get ? "GET, HEAD" : "POST";
    }
    if (!result.methods.empty()) result.methods += ", OPTIONS";
    return result;
}

std::optional<response> api::answer_at_once(const request& asked) {
    if (asked.path != comments_path || effective(asked.verb) != method::get) return std::nullopt;
    const auto page = read_page_request(asked, options_.allowed);
    if (!page || !cors_.allows(asked)) return std::nullopt;
    const auto found = cache_.find(page->wanted.section, page->cache_key(), page->coding);
    if (!found) return std::nullopt;
    response answer = finish(asked, page_response(asked, found));
    answer.route = "GET /commentaires";
    return answer;
}

response api::handle(const request& asked) {
    const match matched = look_up(asked);
    response answer;
    try {
        answer = dispatch(asked, matched);
    } catch (const store_error& broken) {
        if (options_.report_fault) options_.report_fault(asked.request_id, broken.what());
        answer = problem_response(
            {errc::store_unavailable, "Try again in a moment; nothing was lost.", {}}
        );
    } catch (const std::exception& broken) {
        if (options_.report_fault) options_.report_fault(asked.request_id, broken.what());
        answer = problem_response({errc::internal_error, {}, {}});
    }
    answer = finish(asked, std::move(answer));
    answer.route = matched.found != nullptr ? matched.found->name : "other";
    return answer;
}

response api::dispatch(const request& asked, const match& matched) {
    if (matched.methods.empty()) {
        return problem_response(
            {errc::unknown_route, "See /openapi.json for what stands where.", {}}
        );
    }
    if (asked.verb == method::options) return cors_.answer_preflight(asked, matched.methods);
    if (matched.found == nullptr) {
        auto answer =
            problem_response({errc::method_not_allowed, "Use one of: " + matched.methods + ".", {}}
            );
        answer.set("allow", matched.methods);
        return answer;
    }
    if (!cors_.allows(asked)) {
        return problem_response(
            {errc::origin_refused, "Ask the owner of this service to list your origin.", {}}
        );
    }
    return (this->*matched.found->answer)(asked);
}

response api::finish(const request& asked, response answer) const {
    answer.set("x-content-type-options", "nosniff");
    cors_.describe(asked, answer);
    return answer;
}

response api::list(const request& asked) {
    const auto page = read_page_request(asked, options_.allowed);
    if (!page) return problem_response(page.error());
    const std::string key = page->cache_key();
    const auto ticket = cache_.take_ticket(page->wanted.section);
    const auto listed = list_.run(page->wanted);
    if (!listed) return problem_response(listed.error());
    // Without a cache every answer would be compressed anew, which costs more than it saves.
    const auto coding = cache_.keeps_nothing() ? encoding::identity : page->coding;
    const auto made = make_page(to_json(*listed), coding);
    cache_.keep(ticket, page->wanted.section, key, made);
    return page_response(asked, made);
}

response api::post(const request& asked) {
    auto draft = read_draft(asked);
    if (!draft) return problem_response(draft.error());
    post_comment::input input{std::move(*draft), std::nullopt};
    if (const auto key = asked.header("idempotency-key")) input.idempotency_key.emplace(*key);
    const auto posted = post_.run(input);
    if (!posted) return problem_response(posted.error());
    const bool held = posted->stored.state == comment_state::held;
    auto answer = json_response(held ? 202 : 201, to_json(posted->stored));
    if (!held) {
        answer.set("location", std::string(comment_prefix) + to_string(posted->stored.id));
    }
    return answer;
}

response api::find(const request& asked) {
    const auto found = find_comment(store_, asked.path.substr(comment_prefix.size()));
    if (!found) return problem_response(found.error());
    return json_response(200, to_json(*found));
}

response api::count(const request& asked) {
    const auto counts = count_comments(store_, query(asked.query).all("sectionId"));
    if (!counts) return problem_response(counts.error());
    return json_response(200, to_json(*counts));
}

response api::preview(const request& asked) {
    const auto text = read_preview(asked);
    if (!text) return problem_response(text.error());
    const auto html = preview_comment(*text, options_.allowed);
    if (!html) return problem_response(html.error());
    return json_response(200, preview_json(*html));
}

response api::health(const request& asked) {
    std::vector<health_check> checks = {
        {"store", [this] { store_.check(); }, "The comments cannot be reached."}
    };
    checks.insert(checks.end(), options_.health_checks.begin(), options_.health_checks.end());
    const auto report = check_health(checks);
    for (const check_outcome& outcome : report.checks) {
        if (outcome.failure.empty() || !options_.report_fault) continue;
        options_.report_fault(asked.request_id, "health: " + outcome.name + ": " + outcome.reason);
    }
    return json_response(report.passed() ? 200 : 503, to_json(report, options_.version));
}

response api::contract(const request& asked) {
    response answer;
    answer.set("etag", make_etag(contract_fingerprint_, encoding::identity));
    answer.set("cache-control", "public, max-age=300");
    if (matches_none(asked, contract_fingerprint_)) {
        answer.status = 304;
        return answer;
    }
    answer.set("content-type", "application/json");
    answer.body = shared_bytes{nullptr, options_.contract_json};
    return answer;
}

}  // namespace palabre::http
