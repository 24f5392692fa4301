// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/response_head.hpp"

#include <array>
#include <charconv>

namespace palabre::server {
namespace {

std::string_view reason_of(unsigned status) noexcept {
    switch (status) {
        case 200:
            return "200 OK";
        case 201:
            return "201 Created";
        case 202:
            return "202 Accepted";
        case 204:
            return "204 No Content";
        case 206:
            return "206 Partial Content";
        case 301:
            return "301 Moved Permanently";
        case 303:
            return "303 See Other";
        case 304:
            return "304 Not Modified";
        case 308:
            return "308 Permanent Redirect";
        case 400:
            return "400 Bad Request";
        case 401:
            return "401 Unauthorized";
        case 403:
            return "403 Forbidden";
        case 404:
            return "404 Not Found";
        case 405:
            return "405 Method Not Allowed";
        case 408:
            return "408 Request Timeout";
        case 409:
            return "409 Conflict";
        case 412:
            return "412 Precondition Failed";
        case 413:
            return "413 Content Too Large";
        case 414:
            return "414 URI Too Long";
        case 415:
            return "415 Unsupported Media Type";
        case 416:
            return "416 Range Not Satisfiable";
        case 422:
            return "422 Unprocessable Content";
        case 429:
            return "429 Too Many Requests";
        case 431:
            return "431 Request Header Fields Too Large";
        case 500:
            return "500 Internal Server Error";
        case 503:
            return "503 Service Unavailable";
        default:
            return {};
    }
}

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits{};
    const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

// Three looks through memchr; find_first_of would call it for every character of the value.
bool is_one_line(std::string_view value) noexcept {
    const auto lacks = [&](char c) { return value.find(c) == std::string_view::npos; };
    return lacks('\r') && lacks('\n') && lacks('\0');
}

}  // namespace

std::string_view date_line::at(std::time_t now) {
    if (now != written_at_) {
        written_at_ = now;
        std::tm parts{};
        gmtime_r(&now, &parts);
        std::array<char, 40> text{};
        // The program never leaves the C locale, so names are English.
        text_.assign(
            text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %T GMT", &parts)
        );
    }
    return text_;
}

void write_head(std::string& out, const http::response& answer, const head_facts& facts) {
    out.assign("HTTP/1.1 ");
    if (const std::string_view known = reason_of(answer.status); !known.empty()) {
        out.append(known);
    } else {
        append_number(out, answer.status);
        out.push_back(' ');
    }
    out.append("\r\ndate: ").append(facts.date).append("\r\n");
    for (const http::header& header : answer.headers) {
        if (is_one_line(header.value)) append_header(out, header.name, header.value);
    }
    if (http::may_have_body(answer.status)) {
        out.append("content-length: ");
        append_number(out, facts.content_length);
        out.append("\r\n");
    }
    append_header(out, "x-request-id", facts.request_id);
    if (facts.then == after_answer::close) {
        out.append("connection: close\r\n");
    } else if (facts.then == after_answer::keep_alive_1_0) {
        out.append("connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

}  // namespace palabre::server
