// SPDX-License-Identifier: Apache-2.0
#include "aws/trust.hpp"

#include "aws/amazon_roots.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>
#include <new>
#include <stdexcept>

namespace palabre::aws {
namespace {

// Where systems keep theirs: Debian and Ubuntu; Amazon Linux and Fedora.
constexpr std::array bundles{
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"
};

struct freed_by_openssl {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};

std::shared_ptr<SSL_CTX> make_context() {
    std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    if (!made) throw std::bad_alloc();
    SSL_CTX_set_min_proto_version(made.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(made.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_mode(made.get(), SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(made.get(), 1);
    return made;
}

void add_own_roots(SSL_CTX* to) {
    const std::string_view pem = amazon_roots_pem();
    const std::unique_ptr<BIO, freed_by_openssl> from(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))
    );
    if (!from) throw std::bad_alloc();
    X509_STORE* store = SSL_CTX_get_cert_store(to);
    while (X509* read = PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr)) {
        const std::unique_ptr<X509, freed_by_openssl> root(read);
        X509_STORE_add_cert(store, root.get());
    }
    ERR_clear_error();  // that of the end
}

bool add_file(SSL_CTX* to, const char* file) {
    const bool added = SSL_CTX_load_verify_file(to, file) == 1;
    ERR_clear_error();
    return added;
}

}  // namespace

trust::trust(const variables& environment) {
    const auto chosen = environment("AWS_CA_BUNDLE");
    if (!chosen) return;
    context_ = make_context();
    has_all_ = true;
    if (!add_file(context_.get(), chosen->c_str())) {
        throw std::runtime_error(
            "the certificates of AWS_CA_BUNDLE, " + *chosen + ", cannot be read"
        );
    }
}

trust::~trust() = default;

// Made for the first that asks: OpenSSL takes milliseconds to come up, and where no endpoint speaks
// TLS, nobody asks.
std::shared_ptr<SSL_CTX> trust::context() {
    const std::scoped_lock lock(mutex_);
    if (!context_) {
        context_ = make_context();
        add_own_roots(context_.get());
    }
    return context_;
}

bool trust::learn_more(const std::shared_ptr<SSL_CTX>& seen) {
    const std::scoped_lock lock(mutex_);
    if (context_ != seen) return true;  // another connection was quicker
    if (has_all_) return false;
    has_all_ = true;
    auto more = make_context();
    add_own_roots(more.get());
    bool found = false;
    for (const char* bundle : bundles)
        found = add_file(more.get(), bundle) || found;
    if (found) context_ = std::move(more);
    return found;
}

}  // namespace palabre::aws
