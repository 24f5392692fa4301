// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"
#include "http/request.hpp"
#include "runtime/server/options.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::server {

class request_parser;

// Turns the bytes of one connection into requests, one after the other, without any I/O: what to
// do is decided here, whoever owns the socket does it. Parsing is Boost.Beast's; what RFC 9112
// leaves to judgement is refused beforehand (head_check.hpp). One thread at a time.
class request_reader {
public:
    enum class state {
        need_head,  // read more: the head is not complete
        need_body,  // read more: the head is, the body is not
        complete,   // request() may be used
        failed,     // problem() says why; nothing that follows on this connection can be trusted
    };

    // `limits` must outlive the reader.
    explicit request_reader(const request_limits& limits);
    ~request_reader();
    request_reader(const request_reader&) = delete;
    request_reader& operator=(const request_reader&) = delete;

    // Where the next bytes from the client belong. Never empty; not to be called once complete.
    [[nodiscard]] std::span<char> space();

    // Says that `count` bytes were put there, and looks at them.
    state received(std::size_t count);

    [[nodiscard]] state now() const noexcept { return state_; }

    // Whether a byte of the current request has arrived.
    [[nodiscard]] bool begun() const noexcept { return end_ > begin_; }

    // Whether bytes came after the complete request.
    [[nodiscard]] bool has_more() const noexcept { return end_ > parsed_; }

    // Whether the client waits for "100 Continue" before it sends its body. Says so once.
    [[nodiscard]] bool take_wants_continue() noexcept;

    // The request, its views valid until next(). Without host when none was sent (HTTP/1.0).
    [[nodiscard]] http::request& request() noexcept { return request_; }

    // Why the request was refused, once failed.
    [[nodiscard]] const failure& problem() const noexcept { return problem_; }

    [[nodiscard]] bool keep_alive() const noexcept { return keep_alive_; }
    [[nodiscard]] bool is_http_1_0() const noexcept { return is_http_1_0_; }

    // Forgets the request and looks at the bytes that came after it.
    state next();

private:
    state advance();
    state look_for_head();
    state parse_head(std::size_t head_bytes);
    state parse_body();
    state finish();
    state fail(failure why);
    void make_room(std::size_t bytes);

    const request_limits& limits_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;  // of the current request
    std::size_t head_end_ = 0;
    std::size_t parsed_ = 0;    // up to here the parser has used it
    std::size_t end_ = 0;       // of what was received
    std::size_t searched_ = 0;  // up to here there is no end of the head
    std::unique_ptr<request_parser> parser_;
    http::request request_;
    failure problem_{};
    state state_ = state::need_head;
    bool keep_alive_ = false;
    bool is_http_1_0_ = false;
    bool wants_continue_ = false;
};

}  // namespace palabre::server
