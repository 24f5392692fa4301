// SPDX-License-Identifier: Apache-2.0
#include "load/client.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool same(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

// The value of a header; empty when it is not there.
std::string_view header(std::string_view head, std::string_view name) {
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;
         at = head.find("\r\n", at)) {
        at += 2;
        const std::string_view rest = head.substr(at);
        if (rest.size() <= name.size() || rest[name.size()] != ':') continue;
        if (!same(rest.substr(0, name.size()), name)) continue;
        std::string_view value = rest.substr(name.size() + 1, rest.find("\r\n") - name.size() - 1);
        while (value.starts_with(' '))
            value.remove_prefix(1);
        return value;
    }
    return {};
}

std::uint64_t number(std::string_view text) {
    std::uint64_t read = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (failed != std::errc() || end != text.data() + text.size()) {
        throw std::runtime_error("an answer without a content-length");
    }
    return read;
}

}  // namespace

void client::ask(std::string_view request, clock::time_point asked_at) {
    state_ = state::asking;
    unsent_ = request;
    current_ = {.status = 0, .bytes = 0, .asked_at = asked_at};
    send();
}

std::optional<answer> client::ready(std::span<char> scratch) {
    if (state_ == state::connecting) {
        shake_hands();
        return std::nullopt;
    }
    if (waits_to_write_) send();
    while (state_ == state::asking || state_ == state::idle) {
        const auto [how, bytes] = channel_.read(scratch);
        if (how == channel::result::closed) state_ = state::lost;
        if (how != channel::result::done) break;
        if (!take({scratch.data(), bytes})) continue;
        state_ = closes_ ? state::lost : state::idle;
        return current_;
    }
    return std::nullopt;
}

void client::shake_hands() {
    const auto how = channel_.shake_hands();
    waits_to_write_ = how == channel::result::wait_to_write;
    if (how == channel::result::done) state_ = state::idle;
    if (how == channel::result::closed) state_ = state::lost;
}

void client::send() {
    waits_to_write_ = false;
    while (!unsent_.empty()) {
        const auto [how, bytes] = channel_.write(unsent_);
        unsent_.remove_prefix(bytes);
        if (how == channel::result::done) continue;
        if (how == channel::result::closed) state_ = state::lost;
        waits_to_write_ = how == channel::result::wait_to_write;
        return;
    }
}

// True when the answer is complete with these bytes.
bool client::take(std::string_view bytes) {
    current_.bytes += bytes.size();
    if (!in_body_) {
        std::string_view seen = bytes;
        if (!head_.empty()) seen = head_.append(bytes);
        const std::size_t end = seen.find(head_end);
        if (end == std::string_view::npos) {
            if (head_.empty()) head_ = bytes;
            return false;
        }
        read_head(seen.substr(0, end + 2));
        bytes.remove_prefix(bytes.size() - (seen.size() - end - head_end.size()));
        head_.clear();
        in_body_ = true;
    }
    if (bytes.size() > body_left_) throw std::runtime_error("more bytes than were promised");
    body_left_ -= bytes.size();
    in_body_ = body_left_ > 0;
    return !in_body_;
}

void client::read_head(std::string_view head) {
    constexpr std::size_t status_at = std::string_view("HTTP/1.1 ").size();
    current_.status = static_cast<unsigned>(number(head.substr(status_at, 3)));
    closes_ = same(header(head, "connection"), "close");
    const bool bodiless = current_.status == 204 || current_.status == 304;
    body_left_ = bodiless ? 0 : number(header(head, "content-length"));
}

}  // namespace bench
