// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace palabre::testing {

struct raw_answer {
    unsigned status = 0;  // 0: the connection ended before a whole answer came
    std::string status_line;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    [[nodiscard]] std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

struct tls_wish {
    int version_min = 0;  // 0: whatever the library speaks; else TLS1_2_VERSION, …
    int version_max = 0;
};

// A client that sends exactly the bytes it is told to, over a blocking socket to loopback. Waits
// for at most twenty seconds for anything.
class raw_client {
public:
    explicit raw_client(std::uint16_t port);
    raw_client(std::uint16_t port, tls_wish wish);
    raw_client(raw_client&& other) noexcept;
    raw_client& operator=(raw_client&&) = delete;
    ~raw_client();

    // False when the server has hung up.
    bool send(std::string_view bytes);
    void finish_sending();  // half-closes
    void set_receive_buffer(int bytes);
    // Sends as long as the server takes bytes within a moment.
    void send_until_stuck(std::string_view bytes);
    [[nodiscard]] bool readable() const;

    // The next answer. `without_body` as after HEAD.
    raw_answer receive();
    raw_answer receive_without_body();
    raw_answer ask(std::string_view bytes) {
        send(bytes);
        return receive();
    }

    // Whether the server closes, without another byte, within the time.
    bool closed_by_server();
    // All bytes until the server closes.
    std::string receive_all();
    std::string receive_exactly(std::size_t bytes);

    [[nodiscard]] bool connected() const noexcept { return socket_ >= 0 && (!wanted_tls_ || tls_); }
    [[nodiscard]] std::string tls_version() const;
    [[nodiscard]] std::string protocol() const;            // chosen by ALPN
    [[nodiscard]] std::string certificate_serial() const;  // hexadecimal

private:
    long read_some(char* to, std::size_t bytes);
    bool read_more();
    raw_answer receive_head();

    int socket_ = -1;
    bool wanted_tls_ = false;
    std::shared_ptr<SSL> tls_;
    std::string unread_;
};

}  // namespace palabre::testing
