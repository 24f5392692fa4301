// SPDX-License-Identifier: Apache-2.0
#include "aws/client.hpp"

#include "aws/connection_error.hpp"

#include <boost/json.hpp>
#include <zlib.h>

#include <charconv>
#include <exception>
#include <utility>

namespace palabre::aws {
namespace {

using std::chrono::milliseconds;

template <class number>
std::optional<number> parse_number(const std::string* text) {
    if (text == nullptr) return std::nullopt;
    number value{};
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failed != std::errc() || end != text->data() + text->size()) return std::nullopt;
    return value;
}

std::optional<milliseconds> hint_in(const response& answer) {
    constexpr std::uint32_t day_ms = 24U * 60 * 60 * 1000;
    const auto ms = parse_number<std::uint32_t>(answer.find("x-amz-retry-after"));
    if (!ms || *ms > day_ms) return std::nullopt;
    return milliseconds(*ms);
}

}  // namespace

std::string json_error_code(const response& of) {
    if (const auto* header = of.find("x-amzn-errortype")) {
        return std::string(error_code_of(*header));
    }
    boost::system::error_code failed;
    const auto body = boost::json::parse(of.body, failed);
    const auto* object = failed ? nullptr : body.if_object();
    const auto* type = object != nullptr ? object->if_contains("__type") : nullptr;
    const auto* text = type != nullptr ? type->if_string() : nullptr;
    return text != nullptr ? std::string(error_code_of(std::string_view(*text))) : std::string();
}

bool has_right_crc(const response& of) {
    const auto sent = parse_number<std::uint32_t>(of.find("x-amz-crc32"));
    if (!sent) return true;
    const auto* bytes = reinterpret_cast<const Bytef*>(of.body.data());
    return crc32_z(crc32_z(0, nullptr, 0), bytes, of.body.size()) == *sent;
}

// How one try ended: with an answer, or with what was thrown.
struct client::attempt {
    outcome how = outcome::lasting;
    response answer;
    std::exception_ptr lost;
};

client::client(service of, credential_source& who, trust& roots, world around)
    : service_(std::move(of)),
      who_(who),
      roots_(roots),
      world_(std::move(around)),
      signer_(service_.scope) {}

void client::warm_up(clock::time_point deadline) noexcept {
    try {
        auto fresh = take_connection();
        fresh->open(deadline);
        give_back(std::move(fresh));
    } catch (const std::exception&) {
        // The first call meets the same trouble, and tells somebody who can be told.
        return;
    }
}

response client::call(const request& asked, clock::time_point deadline) {
    auto over = take_connection();
    retry_plan plan(service_.rules, budget_, deadline);
    for (;;) {
        attempt tried = try_once(*over, asked, deadline);
        if (tried.how == outcome::fine) {
            plan.succeeded();
        } else if (const auto pause = pause_after(plan, tried)) {
            world_.wait_for(*pause);
            continue;
        }
        if (tried.lost) std::rethrow_exception(tried.lost);
        give_back(std::move(over));
        return std::move(tried.answer);
    }
}

std::optional<milliseconds> client::pause_after(retry_plan& plan, const attempt& tried) const {
    const auto hint = tried.lost ? std::nullopt : hint_in(tried.answer);
    return plan.pause_after(tried.how, hint, world_.chance(), clock::now());
}

// Signed anew each time: a signature holds for five minutes, and credentials may have changed.
client::attempt client::try_once(connection& over, request asked, clock::time_point deadline) {
    const credentials who = who_.get(deadline);
    asked.path.insert(0, service_.where.base_path);
    asked.headers.insert(asked.headers.begin(), {"host", host_header(service_.where)});
    {
        const std::scoped_lock lock(mutex_);
        signer_.sign(asked, who, world_.now());
    }
    attempt made;
    try {
        made.answer = over.exchange(asked, deadline);
        const unsigned status = made.answer.status;
        made.how = judge(status, status < 300 ? std::string() : service_.error_code(made.answer));
        if (!has_right_crc(made.answer)) {
            throw connection_error("the answer was damaged on its way", progress::answered);
        }
    } catch (const connection_error&) {
        made.how = outcome::passing;
        made.lost = std::current_exception();
    }
    return made;
}

std::unique_ptr<connection> client::take_connection() {
    {
        const std::scoped_lock lock(mutex_);
        if (!idle_.empty()) {
            auto kept = std::move(idle_.back());
            idle_.pop_back();
            return kept;
        }
    }
    return std::make_unique<connection>(service_.where, &roots_);
}

void client::give_back(std::unique_ptr<connection> used) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(used));
}

}  // namespace palabre::aws
