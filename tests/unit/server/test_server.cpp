// SPDX-License-Identifier: Apache-2.0
#include "unit/server/test_server.hpp"

#include <charconv>
#include <stdexcept>

namespace palabre::testing {
namespace {

http::response text(std::string body) {
    http::response answer;
    answer.route = "test";
    answer.set("content-type", "text/plain");
    answer.body = std::move(body);
    return answer;
}

http::response shared_page() {
    static const auto page = std::make_shared<const std::string>(4096, 'x');
    http::response answer = text({});
    answer.body = http::shared_bytes{page, *page};
    return answer;
}

std::string described(const http::request& asked) {
    std::string out =
        "path=" + std::string(asked.path) + " query=" + std::string(asked.query) +
        " host=" + std::string(asked.host) + " secure=" + (asked.secure ? "yes" : "no") +
        " body=" + std::string(asked.body) + "\nclient=" + to_string(asked.client) + "\n";
    for (const http::header_view& each : asked.headers) {
        out.append(each.name).append("=").append(each.value).append("\n");
    }
    return out;
}

unsigned status_of(errc code) {
    switch (code) {
        case errc::malformed_request:
            return 400;
        case errc::too_slow:
            return 408;
        case errc::body_too_large:
            return 413;
        case errc::target_too_long:
            return 414;
        case errc::headers_too_large:
            return 431;
        case errc::too_busy:
            return 503;
        default:
            return 500;
    }
}

}  // namespace

std::optional<http::response> test_application::answer_at_once(const http::request& asked) {
    if (asked.path == "/now") return text("now");
    if (asked.path == "/refused") {
        http::response answer = text("enough");
        answer.status = 429;
        return answer;
    }
    if (asked.path == "/bytes") return shared_page();
    if (asked.path == "/throws-at-once") throw std::runtime_error("on purpose");
    if (asked.path == "/empty" || asked.path == "/unchanged") {
        http::response answer = text("must not be sent");
        answer.status = asked.path == "/empty" ? 204 : 304;
        return answer;
    }
    if (asked.path == "/inject") {
        http::response answer = text("safe");
        answer.set("x-bad", "a\r\nset-cookie: stolen=1");
        return answer;
    }
    return std::nullopt;
}

http::response test_application::handle(const http::request& asked) {
    if (asked.path == "/throws") throw std::runtime_error("on purpose");
    if (asked.path == "/slow") {
        slow.pass();
        return text("slow");
    }
    if (asked.path == "/file") {
        http::response answer = text({});
        http::file_part part{file, 0, file_bytes};
        if (const auto wanted = asked.header("part")) {
            const std::size_t plus = wanted->find('+');
            const char* const begin = wanted->data();
            std::from_chars(begin, begin + plus, part.offset);
            std::from_chars(begin + plus + 1, begin + wanted->size(), part.length);
        }
        answer.body = part;
        return answer;
    }
    return text(described(asked));
}

void test_log::answered(const request_record& record) noexcept {
    const std::scoped_lock lock(mutex_);
    records_.push_back(
        {std::string(record.request_id),
         std::string(record.method),
         std::string(record.route),
         std::string(record.address),
         record.status,
         record.bytes_sent}
    );
    changed_.notify_all();
}

std::vector<logged> test_log::wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20), [&] { return records_.size() >= count; });
    return records_;
}

bool eventually(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

http::response test_problem(errc code, std::string detail) {
    http::response answer;
    answer.status = status_of(code);
    answer.set("content-type", "application/problem+json");
    answer.body = R"({"detail":")" + detail + "\"}";
    return answer;
}

server::options test_server::chosen(const change& changed) {
    server::options made;
    made.endpoints = {server::endpoint{}};
    made.make_problem = test_problem;
    made.threads = 2;
    made.times.sweep = std::chrono::milliseconds(5);
    made.warn = [this](std::string_view warning) { warnings.emplace_back(warning); };
    changed(made);
    return made;
}

test_server::test_server(const change& changed) : running(chosen(changed), application, &log) {
    running.start();
}

test_server::~test_server() {
    application.slow.open();
    running.shut_down();
    running.wait();
}

std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: example.org\r\n\r\n";
}

}  // namespace palabre::testing
