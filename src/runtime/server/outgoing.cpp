// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/outgoing.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace palabre::server {
namespace {

constexpr std::size_t tls_record_bytes = std::size_t{16} * 1024;  // RFC 8446 §5.1
constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

// How many bytes were read: fewer than asked for at the end of the file or when it cannot be read.
std::size_t read_at(int descriptor, char* to, std::size_t bytes, std::uint64_t offset) {
    std::size_t done = 0;
    while (done < bytes) {
        const ssize_t count =
            ::pread(descriptor, to + done, bytes - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

}  // namespace

void outgoing::begin(
    const http::response& answer,
    std::string_view request_id,
    std::string_view date,
    after_answer then,
    bool head_only
) {
    write_head(head_, answer, {date, request_id, http::size_of(answer.body), then});
    head_left_ = head_;
    head_bytes_ = head_.size();
    if (head_only || !http::may_have_body(answer.status)) return;
    if (const auto* own = std::get_if<std::string>(&answer.body)) {
        body_left_ = *own;
    } else if (const auto* shared = std::get_if<http::shared_bytes>(&answer.body)) {
        body_left_ = shared->bytes;
    } else {
        file_ = std::get_if<http::file_part>(&answer.body);
        file_offset_ = file_->offset;
        file_left_ = file_->length;
    }
}

void outgoing::join() {
    if (head_.size() >= tls_record_bytes) return;
    const std::string_view taken = body_left_.substr(0, tls_record_bytes - head_.size());
    head_.append(taken);
    head_left_ = head_;
    body_left_.remove_prefix(taken.size());
}

std::array<boost::asio::const_buffer, 2> outgoing::buffers() const noexcept {
    const boost::asio::const_buffer head(head_left_.data(), head_left_.size());
    const boost::asio::const_buffer body(body_left_.data(), body_left_.size());
    // TLS writes the first piece only, so it must not be an empty one.
    if (head_left_.empty()) return {body, {}};
    return {head, body};
}

void outgoing::sent(std::size_t bytes) noexcept {
    sent_ += bytes;
    const std::size_t of_head = std::min(bytes, head_left_.size());
    head_left_.remove_prefix(of_head);
    body_left_.remove_prefix(bytes - of_head);
}

bool outgoing::done() const noexcept {
    return head_left_.empty() && body_left_.empty() && file_left_ == 0;
}

bool outgoing::needs_file() const noexcept {
    return head_left_.empty() && body_left_.empty() && file_left_ > 0;
}

bool outgoing::load_piece() {
    piece_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, file_left_)));
    const std::size_t got =
        read_at(file_->file->descriptor(), piece_.data(), piece_.size(), file_offset_);
    if (got < piece_.size()) return false;
    body_left_ = piece_;
    file_offset_ += got;
    file_left_ -= got;
    return true;
}

std::uint64_t outgoing::body_bytes_sent() const noexcept {
    return sent_ > head_bytes_ ? sent_ - head_bytes_ : 0;
}

void outgoing::end() {
    head_left_ = body_left_ = {};
    file_ = nullptr;
    file_left_ = sent_ = 0;
    if (!piece_.empty()) piece_ = {};  // an idle connection keeps no 64 kB
}

}  // namespace palabre::server
