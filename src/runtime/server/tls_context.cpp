// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <expected>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace palabre::server {
namespace {

// TLS 1.2: forward secrecy and authenticated encryption. TLS 1.3 has nothing else.
constexpr const char* ciphers_1_2 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

using loaded = std::expected<std::shared_ptr<SSL_CTX>, std::string>;

std::string last_error() {
    std::array<char, 256> text{};
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) return "no reason given";
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

// A client that speaks no HTTP/1.1 at all is told so; one without ALPN is taken to speak it.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_bytes, const unsigned char* offered, unsigned offered_bytes, void*) {
    static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* found = nullptr;
    const int outcome = SSL_select_next_proto(
        &found, chosen_bytes, ours.data(), ours.size(), offered, offered_bytes
    );
    *chosen = found;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_policy(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, ciphers_1_2);
    SSL_CTX_set_options(
        context,
        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
            SSL_OP_PRIORITIZE_CHACHA
    );
    // 34 kB less for each idle connection; what did not go out at once may be sent from elsewhere.
    SSL_CTX_set_mode(
        context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
            SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
    );
    // One read for a record instead of one for its head and one for its body.
    SSL_CTX_set_read_ahead(context, 1);
    // Sessions live in the tickets that clients keep; the cache on our side would only cost memory.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    constexpr std::string_view id = "palabre";
    SSL_CTX_set_session_id_context(
        context, reinterpret_cast<const unsigned char*>(id.data()), id.size()
    );
    SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
}

loaded load(const tls_files& files) {
    ERR_clear_error();
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (!context) return std::unexpected("TLS cannot be set up: " + last_error());
    set_policy(context.get());
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate_chain.c_str()) != 1) {
        return std::unexpected(
            "the certificate chain " + files.certificate_chain.string() +
            " cannot be used: " + last_error()
        );
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.private_key.c_str(), SSL_FILETYPE_PEM) !=
        1) {
        return std::unexpected(
            "the private key " + files.private_key.string() + " cannot be used: " + last_error()
        );
    }
    return context;
}

}  // namespace

tls_context::tls_context(tls_files files) : files_(std::move(files)) {
    loaded first = load(files_);
    if (!first) throw std::runtime_error(first.error());
    current_ = std::move(*first);
}

std::optional<std::string> tls_context::reload() {
    loaded fresh = load(files_);
    if (!fresh) return std::move(fresh.error());
    const std::scoped_lock lock(mutex_);
    current_.swap(*fresh);
    return std::nullopt;
}

std::shared_ptr<SSL_CTX> tls_context::current() const {
    const std::scoped_lock lock(mutex_);
    return current_;
}

}  // namespace palabre::server
