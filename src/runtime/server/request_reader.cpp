// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/request_reader.hpp"

#include "runtime/server/head_check.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <utility>

namespace palabre::server {
namespace {

namespace beast = boost::beast;

constexpr std::size_t buffer_bytes_first =
    std::size_t{4} * 1024;                    // most heads, and little to keep idle
constexpr std::size_t read_bytes_min = 1024;  // not worth a system call below
constexpr std::size_t body_piece_bytes = std::size_t{16} * 1024;
constexpr std::size_t chunk_line_bytes_max = std::size_t{4} * 1024;  // extensions or trailers
constexpr std::string_view head_end = "\r\n\r\n";

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
            return http::method::delete_;
        case beast::http::verb::options:
            return http::method::options;
        default:
            return http::method::other;
    }
}

std::string_view plain(beast::string_view text) noexcept {
    return {text.data(), text.size()};
}

failure malformed(std::string_view detail) {
    return {errc::malformed_request, std::string(detail), {}};
}

}  // namespace

// What Beast finds, put into an http::request. Trailers are read and dropped.
class request_reader::parser {
public:
    parser(http::request& filled, const request_limits& limits) : filled_(filled), limits_(limits) {
        restart();
    }

    void restart() {
        basic_.emplace(*this);
        basic_->header_limit(static_cast<std::uint32_t>(limits_.head_bytes));
        basic_->body_limit(limits_.body_bytes);
        basic_->eager(true);
        found_ = {};
        problem_.reset();
        body_.clear();
        filled_.headers.clear();
        filled_.body = filled_.host = filled_.path = filled_.query = {};
    }

    // How many of the bytes were used. Leaves a problem when they are not a request.
    std::size_t put(std::string_view bytes) {
        beast::error_code failed;
        const std::size_t used =
            basic_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), failed);
        if (failed && failed != beast::http::error::need_more && !problem_) {
            problem_ = problem_of(failed);
        }
        return used;
    }

    [[nodiscard]] bool done() const { return basic_->is_done(); }
    [[nodiscard]] bool chunked() const { return found_.transfer_encodings > 0; }
    [[nodiscard]] bool keep_alive() const { return basic_->keep_alive(); }
    [[nodiscard]] bool is_http_1_0() const { return found_.version == 10; }
    [[nodiscard]] bool expects_continue() const { return found_.expects_continue; }
    [[nodiscard]] std::optional<failure>& problem() { return problem_; }

    // An idle connection must not hold the memory of the largest request it ever sent.
    void forget_body() {
        body_.clear();
        if (body_.capacity() > body_piece_bytes) body_.shrink_to_fit();
    }

    void give_body() {
        const bool dropped =
            filled_.verb == http::method::get || filled_.verb == http::method::head;
        filled_.body = dropped ? std::string_view{} : std::string_view(body_);
    }

private:
    // Beast calls back by virtual functions, and cannot be restarted; hence the optional.
    struct callbacks final : beast::http::basic_parser<true> {
        explicit callbacks(parser& owner) : owner_(owner) {}

        void on_request_impl(
            beast::http::verb verb,
            beast::string_view,
            beast::string_view target,
            int version,
            beast::error_code& failed
        ) override {
            owner_.on_request_line(verb, plain(target), version);
            stop_if_bad(failed);
        }
        void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
        void on_field_impl(
            beast::http::field field,
            beast::string_view name,
            beast::string_view value,
            beast::error_code& failed
        ) override {
            owner_.on_header(field, plain(name), plain(value));
            stop_if_bad(failed);
        }
        void on_header_impl(beast::error_code& failed) override {
            owner_.on_head_end();
            stop_if_bad(failed);
        }
        void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {
        }
        std::size_t on_body_impl(beast::string_view bytes, beast::error_code&) override {
            owner_.body_.append(bytes.data(), bytes.size());
            return bytes.size();
        }
        void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
        std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, beast::error_code&)
            override {
            owner_.body_.append(bytes.data(), bytes.size());
            return bytes.size();
        }
        void on_finish_impl(beast::error_code&) override {}

        void stop_if_bad(beast::error_code& failed) const {
            if (owner_.problem_) failed = beast::http::error::bad_value;
        }

        parser& owner_;
    };

    struct findings {
        std::string_view host;
        int hosts = 0;
        int content_lengths = 0;
        int transfer_encodings = 0;
        int version = 0;
        bool bad_length = false;
        bool bad_encoding = false;
        bool expects_continue = false;
        bool absolute = false;
        bool head_done = false;
    };

    void on_request_line(beast::http::verb verb, std::string_view target, int version) {
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

    void on_header(beast::http::field field, std::string_view name, std::string_view value) {
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

    void on_head_end() {
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

    static failure problem_of(const beast::error_code& failed) {
        if (failed == beast::http::error::body_limit) {
            return {errc::body_too_large, "The body is too large.", {}};
        }
        if (failed == beast::http::error::header_limit) {
            return {errc::headers_too_large, "The headers are too large.", {}};
        }
        return malformed("This is not an HTTP/1.1 request.");
    }

    http::request& filled_;
    const request_limits& limits_;
    std::optional<callbacks> basic_;
    findings found_;
    std::optional<failure> problem_;
    std::string body_;
};

request_reader::request_reader(const request_limits& limits)
    : limits_(limits),
      buffer_(buffer_bytes_first),
      parser_(std::make_unique<parser>(request_, limits)) {}

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
    if (parser_->problem()) return fail(std::move(*parser_->problem()));
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
    if (parser_->problem()) return fail(std::move(*parser_->problem()));
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
