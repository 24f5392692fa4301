// SPDX-License-Identifier: Apache-2.0
#include "aws/answer_reader.hpp"

#include "aws/connection_error.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <utility>

namespace palabre::aws {
namespace {

namespace http = boost::beast::http;

// S3 sends what its users noted about an object in the head.
constexpr std::uint32_t head_bytes_max = 64U * 1024U;

constexpr unsigned final_status_min = 200;

// "0\r\n\r\n", with which every chunked body ends (RFC 9112 §7.1): that much is always to come.
constexpr std::size_t last_chunk_bytes_min = 5;

// Beast asserts that it is given the last chunk in no smaller pieces once it has seen its
// beginning.
bool must_wait(const http::response_parser<http::string_body>& parser, std::size_t pending) {
    return parser.is_header_done() && parser.chunked() && pending < last_chunk_bytes_min;
}

}  // namespace

struct answer_reader::parts {
    http::response_parser<http::string_body> parser;
    std::string pending;
    bool begun = false;
};

answer_reader::answer_reader(body after_head, std::size_t body_bytes_max)
    : after_head_(after_head), body_bytes_max_(body_bytes_max) {
    begin();
}

answer_reader::~answer_reader() = default;

void answer_reader::begin() {
    auto fresh = std::make_unique<parts>();
    fresh->parser.eager(true);
    fresh->parser.skip(after_head_ == body::none);
    fresh->parser.header_limit(head_bytes_max);
    fresh->parser.body_limit(body_bytes_max_);
    if (parts_) {
        fresh->pending = std::move(parts_->pending);
        fresh->begun = true;
    }
    parts_ = std::move(fresh);
}

void answer_reader::take(std::string_view bytes) {
    parts_->begun = parts_->begun || !bytes.empty();
    parts_->pending.append(bytes);
    while (!parts_->pending.empty() && !is_done()) {
        if (must_wait(parts_->parser, parts_->pending.size())) return;
        boost::system::error_code failed;
        const std::size_t used = parts_->parser.put(boost::asio::buffer(parts_->pending), failed);
        parts_->pending.erase(0, used);
        if (failed == http::error::need_more) return;
        if (failed) {
            throw connection_error(
                "the answer cannot be read: " + failed.message(), progress::answered
            );
        }
        if (is_done() && parts_->parser.get().result_int() < final_status_min) begin();
    }
}

void answer_reader::take_end() {
    boost::system::error_code failed;
    if (parts_->parser.got_some()) parts_->parser.put_eof(failed);
    if (is_done() && !failed) return;
    throw connection_error(
        "the connection was closed before the answer was complete",
        has_begun() ? progress::answered : progress::sent
    );
}

bool answer_reader::has_begun() const noexcept {
    return parts_->begun;
}

bool answer_reader::is_done() const noexcept {
    return parts_->parser.is_done();
}

bool answer_reader::keeps_open() const {
    return parts_->parser.keep_alive() && parts_->pending.empty();
}

response answer_reader::give() {
    auto& message = parts_->parser.get();
    response made{message.result_int(), {}, std::move(message.body())};
    for (const auto& field : message) {
        made.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    return made;
}

}  // namespace palabre::aws
