// SPDX-License-Identifier: Apache-2.0
#include "support/faulty_service.hpp"

#include "aws/answer_reader.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <system_error>

namespace palabre::test {
namespace {

constexpr std::size_t answer_bytes_max = std::size_t{32} * 1024 * 1024;

void must_have(bool done, const char* what) {
    if (!done) throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    here.sin_port = htons(port);
    return here;
}

int connect_to(std::uint16_t port) {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must_have(made >= 0, "socket");
    auto there = loopback(port);
    must_have(::connect(made, reinterpret_cast<sockaddr*>(&there), sizeof there) == 0, "connect");
    return made;
}

bool send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receive(int from, std::string& into) {
    std::array<char, 16 * 1024> space{};
    const ssize_t count = ::recv(from, space.data(), space.size(), 0);
    if (count <= 0) return false;
    into.assign(space.data(), static_cast<std::size_t>(count));
    return true;
}

// The value of a header; names are as our client writes them.
std::string header_in(const std::string& head, const std::string& name) {
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

std::string written(unsigned status, const std::string& body, const std::string& crc) {
    std::string made = "HTTP/1.1 " + std::to_string(status) +
                       " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    if (!crc.empty()) made += "x-amz-crc32: " + crc + "\r\n";
    return made + "\r\n" + body;
}

std::string error_body(const std::string& code, const std::string& more = {}) {
    return R"({"__type":"com.amazonaws.dynamodb.v20120810#)" + code + R"(","Message":"so it is")" +
           more + "}";
}

// What the service says. Throws when it says nothing.
aws::response ask(int service, const std::string& bytes) {
    if (!send_all(service, bytes)) throw std::runtime_error("the service is gone");
    aws::answer_reader reader(aws::answer_reader::body::expected, answer_bytes_max);
    std::string got;
    while (!reader.is_done()) {
        if (!receive(service, got)) throw std::runtime_error("the service is gone");
        reader.take(got);
    }
    return reader.give();
}

std::string crc_of(const aws::response& of) {
    const auto* const found = of.find("x-amz-crc32");
    return found != nullptr ? *found : std::string();
}

// The next bytes that leave this socket are a reset.
void reset_on_close(int socket) {
    const linger at_once{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

// The finalizer of SplitMix64 over a count.
double foretold_chance::next() noexcept {
    std::uint64_t z = count_.fetch_add(1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    z ^= z >> 31U;
    return static_cast<double>(z >> 11U) / 9007199254740992.0;
}

faulty_service::faulty_service(aws::endpoint behind, options how)
    : behind_(std::move(behind)), how_(how), chance_(how.seed), rate_(how.rate) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must_have(listener_ >= 0, "socket");
    auto here = loopback(0);
    socklen_t length = sizeof here;
    auto* const address = reinterpret_cast<sockaddr*>(&here);
    must_have(::bind(listener_, address, length) == 0, "bind");
    must_have(::listen(listener_, 128) == 0, "listen");
    must_have(::getsockname(listener_, address, &length) == 0, "getsockname");
    port_ = ntohs(here.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

faulty_service::~faulty_service() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (const int each : open_)
            ::shutdown(each, SHUT_RDWR);
    }
    acceptor_.join();
    for (auto& each : connections_)
        each.join();
    ::close(listener_);
}

void faulty_service::lose_next_answer(const std::string& operation) {
    const std::scoped_lock lock(mutex_);
    loses_next_ = operation;
}

void faulty_service::keep_silent_after(const std::string& operation) {
    const std::scoped_lock lock(mutex_);
    silent_after_ = operation;
}

unsigned faulty_service::count(fault what) const {
    const std::scoped_lock lock(mutex_);
    return counts_.at(static_cast<std::size_t>(what));
}

unsigned faulty_service::requests(const std::string& operation) const {
    const std::scoped_lock lock(mutex_);
    const auto found = requests_.find(operation);
    return found == requests_.end() ? 0 : found->second;
}

unsigned faulty_service::requests() const {
    const std::scoped_lock lock(mutex_);
    unsigned all = 0;
    for (const auto& [operation, count] : requests_)
        all += count;
    return all;
}

void faulty_service::accept_all() {
    for (;;) {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) return;
        const std::scoped_lock lock(mutex_);
        if (stopping_) {
            ::close(client);
            return;
        }
        open_.push_back(client);
        connections_.emplace_back([this, client] { serve(client); });
    }
}

void faulty_service::serve(int client) {
    int service = -1;
    try {
        service = connect_to(behind_.port);
        std::string pending;
        request asked;
        while (hear(client, pending, asked) && answer(client, service, asked)) {
        }
    } catch (const std::exception&) {
        // Whatever went wrong behind us: the client finds its connection closed.
        reset_on_close(client);
    }
    const std::scoped_lock lock(mutex_);
    std::erase(open_, client);
    ::close(client);
    if (service >= 0) ::close(service);
}

bool faulty_service::hear(int client, std::string& pending, request& into) {
    std::string some;
    for (;;) {
        const std::size_t end = pending.find("\r\n\r\n");
        if (end != std::string::npos) {
            into.head = pending.substr(0, end + 4);
            const auto length =
                std::strtoul(header_in(into.head, "Content-Length").c_str(), nullptr, 10);
            if (pending.size() >= end + 4 + length) {
                into.body = pending.substr(end + 4, length);
                pending.erase(0, end + 4 + length);
                break;
            }
        }
        if (!receive(client, some)) return false;
        pending += some;
    }
    const auto target = header_in(into.head, "X-Amz-Target");
    into.operation = target.substr(target.find('.') + 1);
    const std::scoped_lock lock(mutex_);
    ++requests_[into.operation];
    return true;
}

bool faulty_service::answer(int client, int service, request& asked) {
    if (how_.forgets_tokens) forget_token(asked);
    fault what{};
    if (draw(asked, what)) {
        {
            const std::scoped_lock lock(mutex_);
            ++counts_.at(static_cast<std::size_t>(what));
        }
        return befall(client, service, asked, what);
    }
    const auto got = ask(service, asked.head + asked.body);
    if (takes_turn(silent_after_, asked.operation)) {
        std::string nothing;
        receive(client, nothing);
        return false;
    }
    return send_all(client, written(got.status, got.body, crc_of(got)));
}

// Whether something was waiting for this operation; it waits no more.
bool faulty_service::takes_turn(std::string& whose, const std::string& operation) {
    const std::scoped_lock lock(mutex_);
    if (whose != operation) return false;
    whose.clear();
    return true;
}

bool faulty_service::draw(const request& asked, fault& what) {
    if (takes_turn(loses_next_, asked.operation)) {
        what = fault::lost_after;
        return true;
    }
    if (chance_.next() >= rate_) return false;
    if (how_.only) {
        what = *how_.only;
        return is_possible(what, asked);
    }
    do {
        what = static_cast<fault>(chance_.next() * static_cast<double>(fault_kinds));
    } while (!is_possible(what, asked));
    return true;
}

bool faulty_service::is_possible(fault what, const request& asked) const {
    if (what == fault::in_the_way) return asked.operation == "TransactWriteItems";
    if (what == fault::unprocessed) return asked.operation.starts_with("Batch");
    return true;
}

// As long as the one it stands for, so that the length stays. None may come twice, for all services
// in this process together: what is behind them is one.
void faulty_service::forget_token(request& asked) {
    constexpr std::string_view member = "\"ClientRequestToken\":\"";
    const auto at = asked.body.find(member);
    if (at == std::string::npos || asked.body.find("\"key#") != std::string::npos ||
        asked.body.find("\"quota#") != std::string::npos) {
        return;
    }
    static std::atomic<std::uint64_t> tokens = 0;
    const auto begin = at + member.size();
    const auto length = asked.body.find('"', begin) - begin;
    auto token = std::to_string(++tokens);
    token.insert(0, length > token.size() ? length - token.size() : 0, '0');
    asked.body.replace(begin, length, token);
}

bool faulty_service::befall(int client, int service, const request& asked, fault what) {
    const auto bytes = asked.head + asked.body;
    constexpr std::string_view batch = "{\"RequestItems\":";
    switch (what) {
        case fault::lost_before:
            reset_on_close(client);
            return false;
        case fault::lost_after:
            ask(service, bytes);
            return false;
        case fault::cut_after: {
            const auto got = ask(service, bytes);
            const auto whole = written(got.status, got.body, crc_of(got));
            send_all(client, whole.substr(0, whole.size() / 2));
            return false;
        }
        case fault::stumbled_after:
            ask(service, bytes);
            [[fallthrough]];
        case fault::stumbled_before:
            return send_all(client, written(500, error_body("InternalServerError"), {}));
        case fault::throttled:
            return send_all(
                client, written(400, error_body("ProvisionedThroughputExceededException"), {})
            );
        case fault::damaged: {
            const auto got = ask(service, bytes);
            return send_all(client, written(got.status, got.body, crc_of(got) == "1" ? "2" : "1"));
        }
        case fault::trickling: {
            const auto got = ask(service, bytes);
            const auto whole = written(got.status, got.body, crc_of(got));
            for (std::size_t at = 0; at < whole.size(); at += whole.size() / 20 + 1)
                if (!send_all(client, whole.substr(at, whole.size() / 20 + 1))) return false;
            return true;
        }
        case fault::in_the_way:
            return send_all(
                client,
                written(
                    400,
                    error_body(
                        "TransactionCanceledException",
                        R"(,"CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict"}])"
                    ),
                    {}
                )
            );
        case fault::unprocessed: {
            const std::string left =
                asked.operation == "BatchGetItem" ? "UnprocessedKeys" : "UnprocessedItems";
            return send_all(
                client, written(200, "{\"" + left + "\":" + asked.body.substr(batch.size()), {})
            );
        }
    }
    return false;
}

}  // namespace palabre::test
