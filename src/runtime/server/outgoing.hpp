// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/response.hpp"
#include "runtime/server/response_head.hpp"

#include <boost/asio/buffer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace palabre::server {

// The bytes of one answer and how far they have got, without any socket. Used again for the next
// answer, so that its memory is allocated once. One thread at a time.
class outgoing {
public:
    // `answer` must stay where it is until end().
    void begin(
        const http::response& answer,
        std::string_view request_id,
        std::string_view date,
        after_answer then,
        bool head_only
    );

    // Moves the beginning of the body behind the head, as much as one TLS record takes.
    void join();

    // What may be written now: at most two pieces, none of them when needs_file().
    [[nodiscard]] std::array<boost::asio::const_buffer, 2> buffers() const noexcept;

    void sent(std::size_t bytes) noexcept;
    [[nodiscard]] bool done() const noexcept;

    // Whether load_piece() has to be called before there is more to write.
    [[nodiscard]] bool needs_file() const noexcept;

    // Reads the next piece of the file. Blocks. False when it does not have it.
    [[nodiscard]] bool load_piece();

    [[nodiscard]] std::uint64_t body_bytes_sent() const noexcept;
    void end();

private:
    std::string head_;
    std::string_view head_left_;
    std::string_view body_left_;
    std::string piece_;  // of the file
    const http::file_part* file_ = nullptr;
    std::uint64_t file_offset_ = 0;
    std::uint64_t file_left_ = 0;  // not yet loaded
    std::uint64_t sent_ = 0;       // head included
    std::uint64_t head_bytes_ = 0;
};

}  // namespace palabre::server
