// SPDX-License-Identifier: Apache-2.0
#include "http/api.hpp"

#include "http/comment_json.hpp"
#include "http/conditional.hpp"
#include "http/problem.hpp"
#include "service/keys.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace palabre::http {
namespace {

constexpr std::string_view health_path = "/health";
constexpr std::string_view contract_path = "/openapi.json";

failure key_refused(std::string detail) {
    return {errc::key_refused, std::move(detail), {}};
}

// A key that names origins is for their pages alone. Whoever is no browser can claim any origin, so
// this keeps honest pages apart and is no secret of its own.
bool may_be_used_here(const api_key& key, const request& asked) {
    if (key.origins.empty()) return true;
    const auto origin = asked.header("origin");
    return origin && std::ranges::find(key.origins, *origin) != key.origins.end();
}

// A gateway takes keys of its own from the same header. A page sends them with every request, and
// the gateway looks only where a method demands one. What has our form is ours all the same: a key
// of ours may have been given to the gateway as well.
std::optional<std::string_view> own_key_in(const request& asked, bool behind_gateway) {
    const auto sent = asked.header("x-api-key");
    if (sent && behind_gateway && !is_of_our_form(*sent)) return std::nullopt;
    return sent;
}

// The stronger of two words counts. The quota of a key of ours stays what it is.
void add_what_was_vouched(caller& from, const vouched_caller& vouched) {
    from.signed_in = vouched.signed_in;
    if (from.may(vouched.may)) return;
    from.holds = vouched.may;
    from.name = vouched.name;
}

}  // namespace

api::api(api_options options, const ports& over, page_cache& cache)
    : options_(std::move(options)),
      cors_(options_.allowed_origins),
      over_(over),
      comments_(
          over,
          {cache, options_.stamps},
          options_.allowed,
          options_.rules,
          options_.edit_secret,
          options_.post_limits
      ),
      moderation_({over.comments, over.moderation, over.time, over.ids}, options_.allowed) {
    comments_.add_to(routes_);
    moderation_.add_to(routes_);
    routes_
        .add({method::get, health_path, "GET /health", {}, [this](const auto& asked, const auto&) {
                  return health(asked);
              }});
    routes_.add(
        {method::get,
         contract_path,
         "GET /openapi.json",
         {},
         [this](const auto& asked, const auto&) { return contract(asked); }}
    );
}

bool api::owns(std::string_view path) const noexcept {
    return path == comments_path ||
           (path.starts_with(comments_path) && path[comments_path.size()] == '/') ||
           path.starts_with(moderation_prefix) || path == health_path || path == contract_path;
}

std::optional<response> api::answer_at_once(const request& asked) {
    if (asked.path != comments_path || effective(asked.verb) != method::get) return std::nullopt;
    if (!cors_.allows(asked)) return std::nullopt;
    auto cached = comments_.cached_page(asked);
    if (!cached) return std::nullopt;
    response answer = finish(asked, std::move(*cached));
    answer.route = "GET /commentaires";
    return answer;
}

response api::handle(const request& asked) {
    const auto matched = routes_.look_up(asked);
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

response api::dispatch(const request& asked, const router::match& matched) {
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
    const auto from = admit(asked, *matched.found);
    if (!from) return problem_response(from.error());
    return matched.found->answer(asked, *from);
}

// What everybody may read is answered without a look at keys.
result<caller> api::admit(const request& asked, const route& to) const {
    if (!to.needs && to.verb == method::get) return caller{};
    auto from = authenticate(over_.keys, own_key_in(asked, options_.behind_gateway));
    if (!from) return from;
    const auto& key = from->key;
    if (key && !may_be_used_here(*key, asked)) {
        return refused(key_refused("This key is for pages of other origins."));
    }
    if (asked.vouched) add_what_was_vouched(*from, *asked.vouched);
    if (!to.needs || from->may(*to.needs)) return from;
    if (from->holds) {
        return refused(key_refused(
            "This needs a key of the role " + std::string(name_of(*to.needs)) + " or above."
        ));
    }
    return refused(
        failure{errc::key_required, "Send an x-api-key; the owner of this service gives them.", {}}
    );
}

response api::finish(const request& asked, response answer) const {
    answer.set("x-content-type-options", "nosniff");
    cors_.describe(asked, answer);
    return answer;
}

response api::health(const request& asked) {
    std::vector<health_check> checks = {
        {"store", [this] { over_.comments.check(); }, "The comments cannot be reached."}
    };
    checks.insert(checks.end(), options_.health_checks.begin(), options_.health_checks.end());
    const auto report = check_health(checks);
    for (const check_outcome& outcome : report.checks) {
        if (outcome.failure.empty() || !options_.report_fault) continue;
        options_.report_fault(asked.request_id, "health: " + outcome.name + ": " + outcome.reason);
    }
    return json_response(report.can_serve() ? 200 : 503, to_json(report, options_.version));
}

response api::contract(const request& asked) {
    // Only few ask, and a function that starts for each of its readers must not wait for it.
    std::call_once(contract_read_, [this] {
        contract_fingerprint_ = fingerprint_of(options_.contract_json);
    });
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
