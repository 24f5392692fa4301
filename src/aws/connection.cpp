// SPDX-License-Identifier: Apache-2.0
#include "aws/connection.hpp"

#include "aws/connection_error.hpp"
#include "aws/wire.hpp"

#include <array>
#include <string>
#include <utility>

namespace palabre::aws {
namespace {

// With a signature and a session token.
constexpr std::size_t usual_head_bytes = 2048;

std::string head_of(const request& asked) {
    std::string text;
    text.reserve(usual_head_bytes);
    text.append(asked.method).append(" ").append(asked.path);
    if (!asked.query.empty()) text.append("?").append(asked.query);
    text.append(" HTTP/1.1");
    for (const header& each : asked.headers)
        text.append("\r\n").append(each.name).append(": ").append(each.value);
    text.append("\r\nContent-Length: ").append(std::to_string(asked.body.size()));
    return text.append("\r\n\r\n");
}

// A record holds 16 kB.
constexpr std::size_t joined_body_bytes_max = std::size_t{12} * 1024;

}  // namespace

connection::connection(endpoint to, trust* roots) : to_(std::move(to)), roots_(roots) {}

connection::~connection() = default;

void connection::open(clock::time_point deadline) {
    if (is_usable()) return;
    wire_ = wire::connect(to_, roots_, deadline);
    used_at_ = clock::now();
}

bool connection::is_usable() const {
    return wire_ && clock::now() - used_at_ < idle_max && wire_->is_quiet();
}

void connection::close() noexcept {
    wire_.reset();
}

response connection::exchange(const request& asked, clock::time_point deadline) {
    const std::string head = head_of(asked);
    const auto after_head =
        asked.method == "HEAD" ? answer_reader::body::none : answer_reader::body::expected;
    const bool kept = is_usable();
    if (!kept) open(deadline);
    try {
        return try_exchange(head, asked.body, after_head, deadline);
    } catch (const connection_error& lost) {
        close();
        // The other side closed while nobody looked. Ours are requests that may be made twice.
        if (!kept || lost.how_far() == progress::answered || clock::now() >= deadline) throw;
    }
    open(deadline);
    try {
        return try_exchange(head, asked.body, after_head, deadline);
    } catch (const connection_error&) {
        close();
        throw;
    }
}

// In one record of TLS, where it is short.
void connection::write_whole(
    std::string_view head, std::string_view body, clock::time_point deadline
) {
    if (to_.tls && body.size() <= joined_body_bytes_max) {
        wire_->write(std::string(head).append(body), {}, deadline);
    } else {
        wire_->write(head, body, deadline);
    }
}

response connection::try_exchange(
    std::string_view head,
    std::string_view body,
    answer_reader::body after_head,
    clock::time_point deadline
) {
    write_whole(head, body, deadline);
    answer_reader answer(after_head, body_bytes_max);
    std::array<char, std::size_t{16} * 1024> space;  // NOLINT(*-member-init): written before read
    while (!answer.is_done()) {
        const progress how_far = answer.has_begun() ? progress::answered : progress::sent;
        const std::size_t count = wire_->read(space, deadline, how_far);
        if (count == 0) {
            answer.take_end();
        } else {
            answer.take({space.data(), count});
        }
    }
    used_at_ = clock::now();
    if (!answer.keeps_open()) close();
    return answer.give();
}

}  // namespace palabre::aws
