// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/request_reader.hpp"

#include "runtime/server/head_check.hpp"
#include "runtime/server/request_parser.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace palabre::server {
namespace {

constexpr std::size_t buffer_bytes_first =
    std::size_t{4} * 1024;                    // most heads, and little to keep idle
constexpr std::size_t read_bytes_min = 1024;  // not worth a system call below
constexpr std::size_t body_piece_bytes = std::size_t{16} * 1024;
constexpr std::size_t chunk_line_bytes_max = std::size_t{4} * 1024;  // extensions or trailers
constexpr std::string_view head_end = "\r\n\r\n";

}  // namespace

request_reader::request_reader(const request_limits& limits)
    : limits_(limits),
      buffer_(buffer_bytes_first),
      parser_(std::make_unique<request_parser>(request_, limits)) {}

request_reader::~request_reader() = default;

std::span<char> request_reader::space() {
    if (state_ == state::need_body) {
        // What the parser has used is in its own keeping; only a torn chunk line must stay.
        if (parsed_ > head_end_) {
            std::memmove(buffer_.data() + head_end_, buffer_.data() + parsed_, end_ - parsed_);
            end_ -= parsed_ - head_end_;
            parsed_ = head_end_;
        }
        if (buffer_.size() - end_ < read_bytes_min) make_room(body_piece_bytes);
    } else {
        if (begin_ == end_) {
            begin_ = end_ = searched_ = 0;
        } else if (begin_ > 0 && buffer_.size() - end_ < read_bytes_min) {
            std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
            end_ -= begin_;
            searched_ -= begin_;
            begin_ = 0;
        }
        if (buffer_.size() - end_ < read_bytes_min) make_room(buffer_.size());
    }
    return std::span(buffer_).subspan(end_);
}

// The request already points into the buffer when its body does not fit: the views move along.
void request_reader::make_room(std::size_t bytes) {
    std::vector<char> larger(end_ + bytes);
    std::copy_n(buffer_.data(), end_, larger.data());
    const char* const from = buffer_.data();
    const auto move_along = [&](std::string_view& view) {
        const std::less<> before;
        if (before(view.data(), from) || !before(view.data(), from + end_)) return;
        view = {larger.data() + (view.data() - from), view.size()};
    };
    if (state_ == state::need_body) {
        for (http::header_view& header : request_.headers) {
            move_along(header.name);
            move_along(header.value);
        }
        move_along(request_.path);
        move_along(request_.query);
        move_along(request_.host);
    }
    buffer_.swap(larger);
}

request_reader::state request_reader::received(std::size_t count) {
    end_ += count;
    return advance();
}

request_reader::state request_reader::advance() {
    switch (state_) {
        case state::need_head:
            return look_for_head();
        case state::need_body:
            return parse_body();
        default:
            return state_;
    }
}

request_reader::state request_reader::look_for_head() {
    // Empty lines before a request are forgiven (RFC 9112 §2.2): some clients end a body with one.
    while (searched_ <= begin_ && end_ - begin_ >= 2 && buffer_[begin_] == '\r' &&
           buffer_[begin_ + 1] == '\n') {
        begin_ += 2;
    }
    const std::string_view seen(buffer_.data() + begin_, end_ - begin_);
    std::size_t fresh = searched_ > begin_ ? searched_ - begin_ : 0;
    const std::size_t found = seen.find(head_end, fresh > 3 ? fresh - 3 : 0);
    const bool whole = found != std::string_view::npos;
    const std::size_t head_bytes = whole ? found + head_end.size() : seen.size();
    if (fresh > 0 && seen[fresh - 1] == '\r') --fresh;
    if (auto bad = check_line_ends(seen.substr(fresh, head_bytes - fresh))) {
        return fail(std::move(*bad));
    }
    constexpr std::size_t rest_of_line = 64;  // room for the longest method and the version
    if (seen.size() > limits_.target_bytes + rest_of_line &&
        seen.substr(0, limits_.target_bytes + rest_of_line).find('\n') == std::string_view::npos) {
        return fail({errc::target_too_long, "The address is too long.", {}});
    }
    if (head_bytes > limits_.head_bytes) {
        return fail({errc::headers_too_large, "The headers are too large.", {}});
    }
    if (whole) return parse_head(head_bytes);
    // A lone CR at the start might be the first half of the forgiven line: look at it again.
    searched_ = seen.size() > 1 ? end_ : begin_;
    return state_;
}

request_reader::state request_reader::parse_head(std::size_t head_bytes) {
    if (auto bad = check_head({buffer_.data() + begin_, head_bytes}, limits_)) {
        return fail(std::move(*bad));
    }
    parser_->restart();
    parsed_ = begin_ + parser_->put({buffer_.data() + begin_, head_bytes});
    head_end_ = begin_ + head_bytes;
    if (auto& problem = parser_->problem()) return fail(std::move(*problem));
    keep_alive_ = parser_->keep_alive();
    is_http_1_0_ = parser_->is_http_1_0();
    if (parser_->done()) return finish();
    state_ = state::need_body;
    wants_continue_ = parser_->expects_continue() && !is_http_1_0_ && end_ == parsed_;
    return parse_body();
}

request_reader::state request_reader::parse_body() {
    // No chunked body ends within so few bytes, and Beast asserts that it is not asked to.
    constexpr std::size_t last_chunk_bytes = 5;
    if (end_ - parsed_ < (parser_->chunked() ? last_chunk_bytes : 1)) return state_;
    parsed_ += parser_->put({buffer_.data() + parsed_, end_ - parsed_});
    if (auto& problem = parser_->problem()) return fail(std::move(*problem));
    if (parser_->done()) return finish();
    if (end_ - parsed_ > chunk_line_bytes_max) {
        return fail({errc::headers_too_large, "A chunk's extensions are too large.", {}});
    }
    return state_;
}

request_reader::state request_reader::finish() {
    parser_->give_body();
    wants_continue_ = false;
    return state_ = state::complete;
}

request_reader::state request_reader::fail(failure why) {
    problem_ = std::move(why);
    keep_alive_ = false;
    return state_ = state::failed;
}

bool request_reader::take_wants_continue() noexcept {
    return std::exchange(wants_continue_, false);
}

request_reader::state request_reader::next() {
    begin_ = searched_ = parsed_;
    request_.headers.clear();
    state_ = state::need_head;
    parser_->forget_body();
    if (!begun() && buffer_.size() > buffer_bytes_first) {
        buffer_ = std::vector<char>(buffer_bytes_first);
        begin_ = end_ = parsed_ = searched_ = 0;
    }
    return begun() ? advance() : state_;
}

}  // namespace palabre::server
