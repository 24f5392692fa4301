// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/connection_error.hpp"
#include "aws/endpoint.hpp"
#include "aws/trust.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace palabre::aws {

// Bytes to a service and back, through TLS or not, with a deadline for everything. Errors are
// connection_error. SIGPIPE must be ignored by the thread: OpenSSL writes with write(2).
class wire {
public:
    using clock = std::chrono::steady_clock;

    // Finds the host, tries its addresses in turn, and shakes hands. `roots` as in connection.
    [[nodiscard]] static std::unique_ptr<wire> connect(
        const endpoint& to, trust* roots, clock::time_point deadline
    );
    ~wire();
    wire(const wire&) = delete;
    wire& operator=(const wire&) = delete;

    // All of it, one after the other.
    void write(std::string_view head, std::string_view body, clock::time_point deadline);

    // How many came; 0 at the end. `how_far` is what an error says of the request.
    [[nodiscard]] std::size_t read(
        std::span<char> into, clock::time_point deadline, progress how_far
    );

    // Whether the other side said nothing since the last answer, but for what TLS says to itself
    // (session tickets). If it did, it was a farewell.
    [[nodiscard]] bool is_quiet();

private:
    struct freed_by_openssl {
        void operator()(SSL* tls) const noexcept;
    };

    explicit wire(int socket) : socket_(socket) {}
    void shake_hands(const endpoint& to, SSL_CTX* context, clock::time_point deadline);
    // How many bytes of the two were sent at once.
    [[nodiscard]] std::size_t send_some(
        std::string_view head, std::string_view body, clock::time_point deadline
    );
    [[nodiscard]] std::size_t send_some_by_tls(std::string_view bytes, clock::time_point deadline);
    // After a call of OpenSSL that did not succeed: waits for what it wants, or throws.
    void wait_for_tls(int outcome, clock::time_point deadline, progress how_far);

    const int socket_;
    std::unique_ptr<SSL, freed_by_openssl> tls_;  // null: in plain text
};

}  // namespace palabre::aws
