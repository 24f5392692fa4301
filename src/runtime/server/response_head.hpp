// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/response.hpp"

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace palabre::server {

// The Date header's value, written anew once a second at most. One thread.
class date_line {
public:
    // "Sun, 06 Nov 1994 08:49:37 GMT"; valid until the next call.
    [[nodiscard]] std::string_view at(std::time_t now);

private:
    std::time_t written_at_ = -1;
    std::string text_;
};

// What becomes of the connection after an answer, and how the client is told.
enum class after_answer { keep_alive, keep_alive_1_0, close };

struct head_facts {
    std::string_view date;
    std::string_view request_id;
    std::uint64_t content_length = 0;
    after_answer then = after_answer::keep_alive;
};

// Writes status line and headers, up to and including the empty line, over `out`. A header whose
// value holds a CR, LF or NUL is left out: nobody can write headers through a value.
void write_head(std::string& out, const http::response& answer, const head_facts& facts);

}  // namespace palabre::server
