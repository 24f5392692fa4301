// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "load/channel.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bench {

using clock = std::chrono::steady_clock;

struct answer {
    unsigned status = 0;
    std::uint64_t bytes = 0;  // head included
    clock::time_point asked_at;
};

// One client with one connection, which sends a request, reads its answer, and stays connected as
// long as the server likes. It decides nothing: the driver says when and what.
class client {
public:
    enum class state { connecting, idle, asking, lost };

    client(const options& chosen, SSL_CTX* tls) : channel_(chosen, tls) {}

    [[nodiscard]] int descriptor() const noexcept { return channel_.descriptor(); }
    [[nodiscard]] state now() const noexcept { return state_; }
    // Whether there is something that the socket would not take, or a connection to wait for.
    [[nodiscard]] bool waits_to_write() const noexcept { return waits_to_write_; }

    // When idle. `request` stays where it is until the answer; `asked_at` is when it should have
    // been sent, so that a request which had to wait counts as slow.
    void ask(std::string_view request, clock::time_point asked_at);

    // When the socket is ready. The answer, once it is complete. `scratch` is for the call only.
    [[nodiscard]] std::optional<answer> ready(std::span<char> scratch);

private:
    void shake_hands();
    void send();
    [[nodiscard]] bool take(std::string_view bytes);
    void read_head(std::string_view head);

    channel channel_;
    state state_ = state::connecting;
    bool waits_to_write_ = true;
    std::string_view unsent_;
    std::string head_;  // of an answer, while it comes in pieces
    bool in_body_ = false;
    std::uint64_t body_left_ = 0;
    bool closes_ = false;
    answer current_;
};

}  // namespace bench
