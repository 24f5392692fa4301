// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"
#include "http/request.hpp"
#include "runtime/server/options.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::server {

// What Beast finds, put into an http::request. Trailers are read and dropped.
class request_parser {
public:
    request_parser(http::request& filled, const request_limits& limits)
        : filled_(filled), limits_(limits) {
        restart();
    }

    // Before each request.
    void restart();

    // How many of the bytes were used. Leaves a problem when they are not a request.
    std::size_t put(std::string_view bytes);

    [[nodiscard]] bool done() const { return basic().is_done(); }
    [[nodiscard]] bool chunked() const { return found_.transfer_encodings > 0; }
    [[nodiscard]] bool keep_alive() const { return basic().keep_alive(); }
    [[nodiscard]] bool is_http_1_0() const { return found_.version == 10; }
    [[nodiscard]] bool expects_continue() const { return found_.expects_continue; }
    [[nodiscard]] std::optional<failure>& problem() { return problem_; }

    // An idle connection must not hold the memory of the largest request it ever sent.
    void forget_body();

    void give_body();

private:
    // Beast calls back by virtual functions, and cannot be restarted; hence the optional.
    struct callbacks final : boost::beast::http::basic_parser<true> {
        explicit callbacks(request_parser& of) : owner(of) {}

        void on_request_impl(
            boost::beast::http::verb verb,
            boost::beast::string_view,
            boost::beast::string_view target,
            int version,
            boost::beast::error_code& failed
        ) override {
            owner.on_request_line(verb, {target.data(), target.size()}, version);
            stop_if_bad(failed);
        }
        void on_response_impl(int, boost::beast::string_view, int, boost::beast::error_code&)
            override {}
        void on_field_impl(
            boost::beast::http::field field,
            boost::beast::string_view name,
            boost::beast::string_view value,
            boost::beast::error_code& failed
        ) override {
            owner.on_header(field, {name.data(), name.size()}, {value.data(), value.size()});
            stop_if_bad(failed);
        }
        void on_header_impl(boost::beast::error_code& failed) override {
            owner.on_head_end();
            stop_if_bad(failed);
        }
        void on_body_init_impl(const boost::optional<std::uint64_t>&, boost::beast::error_code&)
            override {}
        std::size_t on_body_impl(boost::beast::string_view bytes, boost::beast::error_code&)
            override {
            owner.body_.append(bytes.data(), bytes.size());
            return bytes.size();
        }
        void
        on_chunk_header_impl(std::uint64_t, boost::beast::string_view, boost::beast::error_code&)
            override {}
        std::size_t
        on_chunk_body_impl(std::uint64_t, boost::beast::string_view bytes, boost::beast::error_code&)
            override {
            owner.body_.append(bytes.data(), bytes.size());
            return bytes.size();
        }
        void on_finish_impl(boost::beast::error_code&) override {}

        void stop_if_bad(boost::beast::error_code& failed) const {
            if (owner.problem_) failed = boost::beast::http::error::bad_value;
        }

        request_parser& owner;
    };

    [[nodiscard]] callbacks& basic() {
        assert(basic_.has_value());
        return *basic_;
    }
    [[nodiscard]] const callbacks& basic() const {
        assert(basic_.has_value());
        return *basic_;
    }

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

    void on_request_line(boost::beast::http::verb verb, std::string_view target, int version);

    void on_header(boost::beast::http::field field, std::string_view name, std::string_view value);

    void on_head_end();

    http::request& filled_;
    const request_limits& limits_;
    std::optional<callbacks> basic_;  // always there after the first restart()
    findings found_;
    std::optional<failure> problem_;
    std::string body_;
};

}  // namespace palabre::server
