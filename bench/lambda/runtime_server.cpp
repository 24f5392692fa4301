// SPDX-License-Identifier: Apache-2.0
#include "lambda/runtime_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace bench {
namespace {

// A Python function may take seconds to start on a busy machine; nothing takes as long as this.
constexpr int silence_ms_max = 60'000;
constexpr std::int64_t deadline_ms = 30'000;

[[noreturn]] void runtime_failed(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

void send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR) runtime_failed("send to the function");
        if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string lower(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(), [](unsigned char each) {
        return static_cast<char>(std::tolower(each));
    });
    return made;
}

// The value of a header in a head that is in lower case.
std::optional<std::string_view> header(std::string_view head, std::string_view name) {
    const std::size_t at = head.find(fmt::format("\r\n{}:", name));
    if (at == std::string_view::npos) return std::nullopt;
    std::string_view value = head.substr(at + 2 + name.size() + 1);
    value = value.substr(0, value.find("\r\n"));
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
}

std::size_t body_bytes(std::string_view head) {
    if (header(head, "transfer-encoding")) {
        throw std::runtime_error("the function sent a chunked body, which this server does not take"
        );
    }
    const auto text = header(head, "content-length");
    std::size_t bytes = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), bytes);
    return bytes;
}

// In the answer's JSON a quote within a text has a backslash before it, so this is the member.
int status_of(std::string_view answer) {
    constexpr std::string_view member = "\"statusCode\":";
    const std::size_t at = answer.find(member);
    if (at == std::string_view::npos) return 0;
    std::string_view value = answer.substr(at + member.size());
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    int status = 0;
    std::from_chars(value.data(), value.data() + value.size(), status);
    return status;
}

std::int64_t unix_ms() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace

struct runtime_server::connection {
    explicit connection(int accepted) : descriptor(accepted) {}
    ~connection() { ::close(descriptor); }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    int descriptor;
    std::string unread;
};

struct runtime_server::request {
    std::string_view target;
    std::string_view body;
};

runtime_server::runtime_server() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (listener_ < 0) runtime_failed("socket");
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
        ::listen(listener_, SOMAXCONN) != 0) {
        runtime_failed("listen");
    }
}

runtime_server::~runtime_server() {
    ::close(listener_);
}

std::string runtime_server::address() const {
    sockaddr_in here{};
    socklen_t size = sizeof here;
    if (::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size) != 0) {
        runtime_failed("getsockname");
    }
    return fmt::format("127.0.0.1:{}", ntohs(here.sin_port));
}

session runtime_server::serve(
    const child& asking, const std::vector<std::string>& events, std::size_t count
) {
    connections_.clear();
    asking_ = &asking;
    events_ = &events;
    count_ = count;
    seen_ = {};
    seen_.events.reserve(count);
    done_ = false;
    while (!done_) {
        std::vector<pollfd> watched{{listener_, POLLIN, 0}, {asking.descriptor(), POLLIN, 0}};
        for (const connection& each : connections_)
            watched.push_back({each.descriptor, POLLIN, 0});
        const int ready = ::poll(watched.data(), watched.size(), silence_ms_max);
        if (ready < 0 && errno != EINTR) runtime_failed("poll");
        if (ready == 0) throw std::runtime_error("the function has not said a word for a minute");
        // Requests first: what the child said before it ended is worth more than that it ended.
        auto each = connections_.begin();
        for (std::size_t at = 2; at < watched.size() && !done_; ++at) {
            const bool stays = watched[at].revents == 0 || take_bytes(*each);
            each = stays ? std::next(each) : connections_.erase(each);
        }
        if (done_) break;
        if (watched[1].revents != 0) throw std::runtime_error("the function's process has ended");
        if (watched[0].revents != 0) accept();
    }
    return std::move(seen_);  // connections stay open: the child still waits, and lives
}

void runtime_server::accept() {
    const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) runtime_failed("accept");
    const int on = 1;
    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections_.emplace_back(accepted);
}

// False when the other side has closed.
bool runtime_server::take_bytes(connection& from) {
    std::array<char, std::size_t{64} * 1024> space{};
    const ssize_t count = ::recv(from.descriptor, space.data(), space.size(), 0);
    if (count <= 0) return false;
    from.unread.append(space.data(), static_cast<std::size_t>(count));
    for (;;) {
        const std::size_t head_end = from.unread.find("\r\n\r\n");
        if (head_end == std::string::npos) return true;
        const std::string_view all = from.unread;
        const std::size_t body_at = head_end + 4;
        const std::size_t bytes = body_bytes(lower(all.substr(0, body_at)));
        if (all.size() < body_at + bytes) return true;
        const std::size_t target_at = all.find(' ') + 1;
        const request got{
            all.substr(target_at, all.find(' ', target_at) - target_at), all.substr(body_at, bytes)
        };
        take_request(got, from);
        if (done_) return true;
        from.unread.erase(0, body_at + bytes);
    }
}

void runtime_server::take_request(const request& got, connection& from) {
    constexpr std::string_view base = "/2018-06-01/runtime/";
    if (got.target.starts_with(base)) {
        const std::string_view what = got.target.substr(base.size());
        if (what == "invocation/next") return take_next(from);
        if (what.ends_with("/response")) return take_answer(got, from);
    }
    throw std::runtime_error(fmt::format("the function sent {}: {}", got.target, got.body));
}

void runtime_server::take_next(connection& from) {
    const auto now = clock::now();
    const std::int64_t used_ns = asking_->processor_ns();
    const std::size_t number = seen_.events.size();
    if (number == 0) {
        seen_.first_next = now;
        seen_.first_next_processor_ns = used_ns;
    }
    if (number == count_) {
        seen_.processor_ns = used_ns;
        done_ = true;
        return;
    }
    const std::string& event = (*events_)[number % events_->size()];
    std::string text = fmt::format(
        "HTTP/1.1 200 OK\r\n"
        "Content-Type: application/json\r\n"
        "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-{:012x}\r\n"
        "Lambda-Runtime-Deadline-Ms: {}\r\n"
        "Lambda-Runtime-Invoked-Function-Arn: "
        "arn:aws:lambda:eu-west-3:123456789012:function:commentaires\r\n"
        "Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0\r\n"
        "Content-Length: {}\r\n\r\n",
        number,
        unix_ms() + deadline_ms,
        event.size()
    );
    text += event;
    seen_.events.push_back({clock::now(), {}, used_ns});
    send_all(from.descriptor, text);
}

void runtime_server::take_answer(const request& got, connection& from) {
    if (seen_.events.empty()) throw std::runtime_error("the function answered before it asked");
    seen_.events.back().answered = clock::now();
    if (seen_.events.size() == 1) seen_.first_answer = got.body;
    ++seen_.statuses[status_of(got.body)];
    send_all(
        from.descriptor,
        "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
        "{\"status\":\"OK\"}\n"
    );
}

}  // namespace bench
