// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "load/options.hpp"

#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace bench {

struct ssl_closer {
    void operator()(SSL* closed) const noexcept;
    void operator()(SSL_CTX* closed) const noexcept;
};

// A socket to the server, plain or over TLS, that never blocks.
class channel {
public:
    enum class result { done, wait_to_read, wait_to_write, closed };
    struct transfer {
        result how;
        std::size_t bytes;
    };

    // Begins to connect. Throws std::system_error when there is no socket to be had.
    channel(const options& chosen, SSL_CTX* tls);
    ~channel();
    channel(const channel&) = delete;
    channel& operator=(const channel&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    // To be called again when the socket is ready, until done.
    [[nodiscard]] result shake_hands();

    [[nodiscard]] transfer write(std::string_view bytes);
    [[nodiscard]] transfer read(std::span<char> into);

private:
    [[nodiscard]] result why_not(int returned) const;

    int descriptor_;
    std::unique_ptr<SSL, ssl_closer> tls_;  // null for a plain one
};

}  // namespace bench
