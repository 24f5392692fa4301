// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/request_parser.hpp"

#include "runtime/server/head_check.hpp"

#include <algorithm>
#include <utility>

namespace palabre::server {
namespace {

namespace beast = boost::beast;

constexpr std::size_t body_bytes_kept = std::size_t{16} * 1024;  // between two requests

http::method method_of(beast::http::verb verb) noexcept {
    switch (verb) {
        case beast::http::verb::get:
            return http::method::get;
        case beast::http::verb::head:
            return http::method::head;
        case beast::http::verb::post:
            return http::method::post;
        case beast::http::verb::put:
            return http::method::put;
        case beast::http::verb::patch:
            return http::method::patch;
        case beast::http::verb::delete_:
            return http::method::delete_resource;
        case beast::http::verb::options:
            return http::method::options;
        default:
            return http::method::other;
    }
}

failure problem_of(const beast::error_code& failed) {
    if (failed == beast::http::error::body_limit) {
        return {errc::body_too_large, "The body is too large.", {}};
    }
    if (failed == beast::http::error::header_limit) {
        return {errc::headers_too_large, "The headers are too large.", {}};
    }
    return malformed("This is not an HTTP/1.1 request.");
}

}  // namespace

void request_parser::restart() {
    basic_.emplace(*this);
    basic().header_limit(static_cast<std::uint32_t>(limits_.head_bytes));
    basic().body_limit(limits_.body_bytes);
    basic().eager(true);
    found_ = {};
    problem_.reset();
    body_.clear();
    filled_.headers.clear();
    filled_.body = filled_.host = filled_.path = filled_.query = {};
}

std::size_t request_parser::put(std::string_view bytes) {
    beast::error_code failed;
    const std::size_t used =
        basic().put(boost::asio::const_buffer(bytes.data(), bytes.size()), failed);
    if (failed && failed != beast::http::error::need_more && !problem_) {
        problem_ = problem_of(failed);
    }
    return used;
}

void request_parser::forget_body() {
    body_.clear();
    if (body_.capacity() > body_bytes_kept) body_.shrink_to_fit();
}

void request_parser::give_body() {
    const bool dropped = filled_.verb == http::method::get || filled_.verb == http::method::head;
    filled_.body = dropped ? std::string_view{} : std::string_view(body_);
}

void request_parser::on_request_line(beast::http::verb verb, std::string_view target, int version) {
    found_.version = version;
    filled_.verb = method_of(verb);
    const auto parts = split_target(target);
    const bool asterisk = target == "*";
    if (!parts || verb == beast::http::verb::connect ||
        (asterisk && filled_.verb != http::method::options)) {
        problem_ = malformed("The request target is neither a path nor an http address.");
        return;
    }
    found_.absolute = !parts->host.empty();
    filled_.host = parts->host;
    filled_.path = parts->path;
    filled_.query = parts->query;
}

void request_parser::on_header(
    beast::http::field field, std::string_view name, std::string_view value
) {
    if (found_.head_done) return;  // a trailer
    filled_.headers.push_back({name, value});
    switch (field) {
        case beast::http::field::host:
            ++found_.hosts;
            found_.host = value;
            break;
        case beast::http::field::content_length:
            ++found_.content_lengths;
            found_.bad_length |=
                value.empty() || value.size() > 18 ||
                !std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
            break;
        case beast::http::field::transfer_encoding:
            ++found_.transfer_encodings;
            found_.bad_encoding |= !beast::iequals(value, "chunked");
            break;
        case beast::http::field::expect:
            found_.expects_continue |= beast::iequals(value, "100-continue");
            break;
        default:
            break;
    }
    // Said here, not at the end: Beast would stop at the second of the two with fewer words.
    if (found_.bad_length || found_.content_lengths > 1) {
        problem_ = malformed("Content-Length is not one whole number.");
    } else if (found_.bad_encoding || found_.transfer_encodings > 1) {
        problem_ = malformed("The only Transfer-Encoding understood is chunked.");
    } else if (found_.transfer_encodings > 0 && found_.content_lengths > 0) {
        problem_ = malformed("Content-Length and Transfer-Encoding exclude each other.");
    } else if (found_.hosts > 1) {
        problem_ = malformed("There is more than one Host header.");
    }
}

void request_parser::on_head_end() {
    found_.head_done = true;
    if (found_.version == 10 && found_.transfer_encodings > 0) {
        problem_ = malformed("HTTP/1.0 knows no Transfer-Encoding.");
    } else if (found_.version != 10 && found_.hosts == 0) {
        problem_ = malformed("The Host header is missing.");
    } else if (found_.hosts == 1 && !is_host_and_port(found_.host)) {
        problem_ = malformed("The Host header is not a host and a port.");
    }
    // RFC 9112 §3.2.2: the target wins over the header.
    if (!found_.absolute) filled_.host = found_.host;
}

}  // namespace palabre::server
