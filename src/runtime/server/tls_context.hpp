// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/server/options.hpp"

#include <openssl/types.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace palabre::server {

// What connections over TLS begin with: certificate, key, and what we are willing to speak. TLS 1.2
// and 1.3 with forward secrecy and authenticated encryption only, ALPN "http/1.1", session tickets,
// no renegotiation, no compression. Safe from any thread.
class tls_context {
public:
    // Reads the files. Throws std::runtime_error, saying which file and why, when they cannot
    // serve.
    explicit tls_context(tls_files files);

    // Reads them again. New connections use what was read; those that stand go on. When it cannot
    // serve, the old stays and the reason is returned.
    [[nodiscard]] std::optional<std::string> reload();

    // For one new connection, which shares it: a reload must not take it away in the middle.
    [[nodiscard]] std::shared_ptr<SSL_CTX> current() const;

private:
    tls_files files_;
    mutable std::mutex mutex_;
    std::shared_ptr<SSL_CTX> current_;  // under mutex_
};

}  // namespace palabre::server
