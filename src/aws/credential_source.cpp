// SPDX-License-Identifier: Apache-2.0
#include "aws/credential_source.hpp"

#include "aws/connection.hpp"
#include "aws/credential_places.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace palabre::aws {
namespace {

using clock = std::chrono::steady_clock;

// Asked for anew so long before they end: a request signed with them must still arrive.
constexpr std::int64_t before_end_ms = 5 * 60 * 1000;

// An endpoint on this machine answers at once or not at all.
constexpr std::chrono::seconds container_max{2};

std::optional<credentials> read_profile(const profile_place& place) {
    std::ifstream in(place.file, std::ios::binary);
    if (place.file.empty() || !in) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    return credentials_in(text.str(), place.profile);
}

credentials ask_container(const container_place& place, trust& roots, clock::time_point deadline) {
    const endpoint where = parse_endpoint(place.url, "the address of the container's credentials");
    request asked;
    asked.method = "GET";
    asked.path = where.base_path.empty() ? "/" : where.base_path;
    asked.headers.push_back({"Host", host_header(where)});
    if (!place.authorization.empty()) {
        asked.headers.push_back({"Authorization", place.authorization});
    }
    connection to(where, &roots);
    const response got = to.exchange(asked, std::min(deadline, clock::now() + container_max));
    if (got.status != 200) {
        throw std::runtime_error(
            "the endpoint of the container's credentials answered " + std::to_string(got.status)
        );
    }
    return credentials_in_json(got.body);
}

}  // namespace

credential_source::credential_source(variables environment, wall_clock now, trust& roots)
    : environment_(std::move(environment)), now_(std::move(now)), roots_(roots) {}

credentials credential_source::get(clock::time_point deadline) {
    // Held while a container is asked: the others would only ask for the same.
    const std::scoped_lock lock(mutex_);
    const bool holds =
        known_ && (!known_->expires_at || now_().ms < known_->expires_at->ms - before_end_ms);
    if (!holds) known_ = look_everywhere(deadline);
    return *known_;
}

credentials credential_source::look_everywhere(clock::time_point deadline) {
    if (auto found = credentials_of(environment_)) return *std::move(found);
    const profile_place place = profile_place_of(environment_);
    if (auto found = read_profile(place)) return *std::move(found);
    if (const auto container = container_place_of(environment_)) {
        return ask_container(*container, roots_, deadline);
    }
    throw std::runtime_error(
        "no AWS credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or put "
        "the "
        "profile \"" +
        place.profile + "\" into " +
        (place.file.empty() ? std::string("~/.aws/credentials") : place.file.string())
    );
}

}  // namespace palabre::aws
