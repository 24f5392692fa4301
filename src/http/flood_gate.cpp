// SPDX-License-Identifier: Apache-2.0
#include "http/flood_gate.hpp"

#include "guard/client_prefix.hpp"
#include "http/problem.hpp"
#include "http/rate_limit.hpp"

#include <stdexcept>
#include <utility>

namespace palabre::http {
namespace {

failure too_many_requests() {
    return {errc::too_many_requests, "Wait for as long as Retry-After says.", {}};
}

}  // namespace

flood_gate::flood_gate(
    handler& rest,
    const guard::quota& per_client,
    std::vector<std::string> allowed_origins,
    std::size_t clients_max
)
    : rest_(rest),
      per_client_(per_client),
      cors_(std::move(allowed_origins)),
      clients_(clients_max),
      // Written once: a flood must not make us write the same JSON a thousand times a second.
      problem_json_(std::make_shared<const std::string>(
          std::get<std::string>(problem_response(too_many_requests()).body)
      )) {
    if (!per_client.limits()) throw std::invalid_argument("a gate that limits nothing");
}

std::optional<response> flood_gate::answer_at_once(const request& asked) {
    const guard::nanoseconds wait = take(asked.client, asked.received_at);
    if (wait.count() == 0) return rest_.answer_at_once(asked);
    refused_requests_.fetch_add(1, std::memory_order_relaxed);
    return refuse(asked, wait);
}

bool flood_gate::count_unserved(const ip_address& client, guard::time_point now) noexcept {
    const ip_address prefix = guard::client_prefix(client);
    auto held = clients_.hold(guard::bytes_of(prefix), now);
    if (held.take(1, per_client_, now)) return true;
    held.owe(per_client_, now);
    refused_unserved_.fetch_add(1, std::memory_order_relaxed);
    return false;
}

bool flood_gate::may_connect(const ip_address& client, guard::time_point now) noexcept {
    const ip_address prefix = guard::client_prefix(client);
    if (!clients_.hold(guard::bytes_of(prefix), now).bucket().owes_all(per_client_, now)) {
        return true;
    }
    refused_connections_.fetch_add(1, std::memory_order_relaxed);
    return false;
}

guard::nanoseconds flood_gate::take(const ip_address& client, guard::time_point now) noexcept {
    const ip_address prefix = guard::client_prefix(client);
    auto held = clients_.hold(guard::bytes_of(prefix), now);
    if (held.take(1, per_client_, now)) return guard::nanoseconds(0);
    return held.bucket().wait_for(1, per_client_, now);
}

response flood_gate::refuse(const request& asked, guard::nanoseconds wait) const {
    response answer;
    answer.status = status_of(errc::too_many_requests);
    answer.route = "rate limit";
    answer.set("content-type", "application/problem+json");
    answer.set("cache-control", "no-store");
    describe_refusal(answer, "requests", per_client_, wait);
    answer.set("x-content-type-options", "nosniff");
    cors_.describe(asked, answer);
    answer.body = shared_bytes{problem_json_, *problem_json_};
    return answer;
}

}  // namespace palabre::http
