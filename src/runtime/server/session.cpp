// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/session.hpp"

#include "runtime/server/answers.hpp"
#include "runtime/server/outgoing.hpp"
#include "runtime/server/peer_address.hpp"
#include "runtime/server/plain_stream.hpp"
#include "runtime/server/request_reader.hpp"
#include "runtime/server/tls_stream.hpp"

#include <boost/asio/post.hpp>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace palabre::server {
namespace {

template <class Stream>
class session final : public connection {
public:
    static constexpr bool over_tls = std::is_same_v<Stream, tls_stream>;

    session(loop& served_by, Stream stream, endpoint where)
        : loop_(served_by),
          shared_(served_by.shared()),
          times_(shared_.chosen.times),
          stream_(std::move(stream)),
          where_(std::move(where)),
          reader_(shared_.chosen.limits),
          connected_{peer_address(stream_.socket()), over_tls} {
        loop_.add(*this);
        // Whoever has not yet sent a request counts as idle, a half-done handshake included.
        loop_.enter_idle(*this, clock::now());
    }

    ~session() override { loop_.leave_idle(*this); }

    task<void> run() {
        if constexpr (over_tls) {
            co_await shake_hands();
        }
        while (!gone_) {
            co_await read_request();
            if (gone_) break;
            started_ = clock::now();
            describe_request();
            if (goes_too_far()) break;
            http::response answer;
            if (auto at_once = answer_from_memory()) {
                answer = std::move(*at_once);
            } else {
                answer = co_await answer_from_pool();
            }
            begin_sending(answer);
            if (!send_at_once()) co_await send_rest();
            end_request(answer);
            if (then_ == after_answer::close) break;
            reader_.next();
            if (!reader_.has_more()) co_await let_others_go_first();
        }
        if (!gone_ && !goes_on_in_vain()) co_await say_goodbye();
    }

    void cancel() noexcept override {
        error_code ignored;
        stream_.socket().cancel(ignored);
    }

    void drop() noexcept override {
        error_code ignored;
        gone_ = true;
        stream_.socket().close(ignored);
    }

private:
    task<void> shake_hands() {
        error_code failed;
        set_deadline(loop_.in(times_.tls_handshake));
        co_await stream_.shake_hands(failed);
        if (!failed) co_return;
        gone_ = true;
        ++shared_.stats.tls_handshake_failures;
        (void)may_go_unserved(connected_.client, clock::now());
    }

    // A client that was just answered has nothing to say yet: to read at once would find that out
    // by a system call, and wait by another. When many are served at a time, its next request is
    // there by the time the others had their turn; when few are, this costs next to nothing.
    task<void> let_others_go_first() { return asio::post(loop_.get_executor(), in_task); }

    // Until the request is complete or refused, its time is over (too_slow_) or the client is gone.
    task<void> read_request() {
        using state = request_reader::state;
        waits_for now = waits_for::nothing;
        // A server that shuts down waits for requests, not for readers who might send one.
        gone_ = loop_.draining() && !reader_.begun();
        if (gone_) co_return;
        while (reader_.now() == state::need_head || reader_.now() == state::need_body) {
            set_read_deadline(now);
            if (reader_.take_wants_continue()) co_await send_continue();
            error_code failed;
            const std::size_t count = co_await stream_.read_some(reader_.space(), failed);
            if (failed || gone_) {
                too_slow_ = expired() && reader_.begun() && !gone_;
                gone_ = !too_slow_;
                co_return;
            }
            reader_.received(count);
        }
        loop_.leave_idle(*this);
    }

    enum class waits_for { nothing, request, head, body };

    // Each part of a request has one deadline, however many reads it takes.
    void set_read_deadline(waits_for& last) {
        waits_for now = waits_for::request;
        if (reader_.now() == request_reader::state::need_body) {
            now = waits_for::body;
        } else if (reader_.begun()) {
            now = waits_for::head;
        }
        if (now == last) return;
        last = now;
        if (now == waits_for::request) {
            loop_.enter_idle(*this, answered_at_);
            set_deadline(loop_.in(times_.keep_alive));
        } else {
            loop_.leave_idle(*this);
            set_deadline(loop_.in(now == waits_for::head ? times_.head : times_.body));
        }
    }

    task<void> send_continue() {
        error_code failed;
        constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
        const std::array<asio::const_buffer, 2> pieces{asio::buffer(line.data(), line.size())};
        // So short that it goes out whole, or the client reads nothing at all.
        co_await stream_.write_some(pieces, failed);
    }

    // Of a request that was refused, the headers are those that were read until then.
    void describe_request() {
        set_deadline(clock::time_point::max());
        loop_.write_request_id(id_);
        http::request& asked = reader_.request();
        const auto origin = shared_.chosen.proxies.find_origin(connected_, asked.headers);
        asked.request_id = {id_.data(), id_.size()};
        asked.secure = origin.secure;
        asked.client = origin.client;
        asked.received_at = started_;
    }

    [[nodiscard]] bool is_for_application() {
        const http::request& asked = reader_.request();
        return reader_.now() == request_reader::state::complete && !too_slow_ &&
               !is_for_redirect() && asked.path != "*";
    }

    // A proxy that we trust may have spoken TLS to the client already.
    [[nodiscard]] bool is_for_redirect() {
        return where_.speaks == transport::redirect && !reader_.request().secure;
    }

    // What the application never sees counts too, or it would be free. Without the token for it,
    // the client gets no answer: that is the cheapest there is.
    bool goes_too_far() {
        gone_ = !is_for_application() && !may_go_unserved(reader_.request().client, started_);
        return gone_;
    }

    [[nodiscard]] bool may_go_unserved(const ip_address& client, clock::time_point now) const {
        const auto& count = shared_.chosen.count_unserved;
        return !count || count(client, now);
    }

    // Empty when the application has to be asked where it may block.
    std::optional<http::response> answer_from_memory() {
        const http::request& asked = reader_.request();
        const problem_maker& make_problem = shared_.chosen.make_problem;
        if (too_slow_) return make_problem(errc::too_slow, "The request took too long to arrive.");
        if (reader_.now() == request_reader::state::failed) {
            return make_problem(reader_.problem().code, reader_.problem().detail);
        }
        if (is_for_redirect()) {
            return redirect_to_https(asked, where_.https_port, make_problem);
        }
        if (asked.path == "*") return answer_for_server();
        try {
            return shared_.application.answer_at_once(asked);
        } catch (const std::exception& error) {
            return broken(error);
        }
    }

    task<http::response> answer_from_pool() {
        http::response answer;
        const http::method verb = reader_.request().verb;
        const bool reads = verb == http::method::get || verb == http::method::head;
        const bool accepted = co_await on_pool(
            [this, &answer] {
                try {
                    answer = shared_.application.handle(reader_.request());
                } catch (const std::exception& error) {
                    answer = broken(error);
                }
            },
            reads ? blocking_pool::kind::reading : blocking_pool::kind::writing,
            blocking_pool::admission::if_room
        );
        if (!accepted) {
            ++shared_.stats.requests_too_busy;
            answer = too_busy(shared_.chosen.make_problem);
        }
        co_return answer;
    }

    // Handlers promise not to throw; the promise is kept for them.
    http::response broken(const std::exception& error) {
        shared_.chosen.warn(std::string("a handler threw: ") + error.what());
        return shared_.chosen.make_problem(errc::internal_error, {});
    }

    // Runs the work where it may block, then goes on here. False when it was refused.
    template <class Work>
    task<bool> on_pool(Work work, blocking_pool::kind what, blocking_pool::admission mode) {
        bool accepted = true;
        auto start = [&](auto done) {
            blocking_pool::job job =
                [&work, &accepted, done = std::move(done), back = loop_.get_executor()]() mutable {
                    if (accepted) work();
                    asio::post(back, std::move(done));
                };
            if (shared_.pool.submit(std::move(job), what, mode)) return;
            accepted = false;
            // NOLINTNEXTLINE(bugprone-use-after-move): a refused job is left as it was.
            job();
        };
        co_await asio::async_initiate<const asio::use_awaitable_t<executor>, void()>(
            start, in_task
        );
        co_return accepted;
    }

    [[nodiscard]] bool goes_on_in_vain() const noexcept {
        return refusals_ == shared_.chosen.refusals_per_connection_max;
    }

    void begin_sending(const http::response& answer) {
        constexpr unsigned too_many_requests = 429;
        refusals_ = answer.status == too_many_requests ? refusals_ + 1 : 0;
        const bool last = !reader_.keep_alive() || too_slow_ || loop_.draining() ||
                          goes_on_in_vain() ||
                          ++requests_ == shared_.chosen.requests_per_connection_max;
        then_ = after_answer::keep_alive;
        if (last) {
            then_ = after_answer::close;
        } else if (reader_.is_http_1_0()) {
            then_ = after_answer::keep_alive_1_0;
        }
        // A request that was refused may be half known: only a complete one is a HEAD.
        const bool head_only = reader_.now() == request_reader::state::complete &&
                               reader_.request().verb == http::method::head;
        out_.begin(answer, {id_.data(), id_.size()}, loop_.date(), then_, head_only);
        // One record, one segment: over TLS the head takes the beginning of the body along.
        if constexpr (over_tls) out_.join();
    }

    // Most answers fit into the socket's buffer: no need to wait, nor to set a deadline.
    bool send_at_once() {
        if (out_.needs_file()) return false;
        error_code failed;
        out_.sent(stream_.write_at_once(out_.buffers(), failed));
        return !failed && out_.done();
    }

    task<void> send_rest() {
        while (!out_.done() && !gone_) {
            if (out_.needs_file()) {
                co_await load_piece();
                if (gone_) co_return;
            }
            error_code failed;
            set_deadline(loop_.in(times_.write_progress));
            out_.sent(co_await stream_.write_some(out_.buffers(), failed));
            if (failed) gone_ = true;
        }
    }

    task<void> load_piece() {
        set_deadline(clock::time_point::max());
        bool loaded = false;
        const bool accepted = co_await on_pool(
            [this, &loaded] { loaded = out_.load_piece(); },
            blocking_pool::kind::writing,  // a file may lie on a slow disk: it waits
            blocking_pool::admission::always
        );
        // The file became shorter than what was promised: the client must not take it for whole.
        if (!accepted || !loaded) gone_ = true;
    }

    void end_request(const http::response& answer) {
        answered_at_ = clock::now();
        ++shared_.stats.requests_answered;
        if (shared_.log != nullptr) {
            const auto took = answered_at_ - started_;
            const bool known = reader_.now() == request_reader::state::complete;
            const std::string address =
                shared_.chosen.log_addresses ? to_string(reader_.request().client) : std::string();
            shared_.log->answered(
                {.request_id = {id_.data(), id_.size()},
                 .method = known ? name_of(reader_.request().verb) : std::string_view("-"),
                 .route = answer.route.empty() ? std::string_view("server") : answer.route,
                 .status = answer.status,
                 .bytes_sent = out_.body_bytes_sent(),
                 .microseconds = static_cast<std::uint64_t>(
                     std::chrono::duration_cast<std::chrono::microseconds>(took).count()
                 ),
                 .address = address}
            );
        }
        out_.end();
    }

    // A client that is still sending would lose our answer to a reset if we simply closed: it is
    // listened to for a moment, until it closes too.
    task<void> say_goodbye() {
        error_code failed;
        set_deadline(loop_.in(times_.linger));
        if constexpr (over_tls) {
            co_await stream_.shut_down(failed);
        }
        tcp_socket& socket = stream_.socket();
        socket.shutdown(tcp_socket::shutdown_send, failed);
        const bool still_sending =
            reader_.now() == request_reader::state::failed || too_slow_ || reader_.has_more();
        std::array<char, 1024> unread{};
        while (still_sending && !failed && !gone_ && !expired()) {
            co_await socket.async_read_some(
                asio::buffer(unread), asio::redirect_error(in_task, failed)
            );
        }
    }

    loop& loop_;
    shared_parts& shared_;
    const timeouts& times_;
    Stream stream_;
    endpoint where_;
    request_reader reader_;
    const guard::request_origin connected_;
    outgoing out_;
    std::array<char, 16> id_{};
    clock::time_point started_{};
    clock::time_point answered_at_ = clock::now();
    std::size_t requests_ = 0;
    std::size_t refusals_ = 0;  // answers of 429 in a row
    after_answer then_ = after_answer::keep_alive;
    bool too_slow_ = false;
    bool gone_ = false;  // nothing more can be said to this client
};

}  // namespace

task<void> serve_plain(loop& served_by, tcp_socket socket, endpoint where) {
    session<plain_stream> served(served_by, plain_stream(std::move(socket)), std::move(where));
    co_await served.run();
}

task<void> serve_tls(loop& served_by, tcp_socket socket) {
    const std::shared_ptr<SSL_CTX> context = served_by.shared().tls->current();
    session<tls_stream> served(
        served_by, tls_stream(std::move(socket), context.get()), endpoint{.speaks = transport::tls}
    );
    co_await served.run();
}

}  // namespace palabre::server
