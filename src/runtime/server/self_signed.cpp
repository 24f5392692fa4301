// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/self_signed.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace palabre::server {
namespace {

using certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using private_key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using memory_file = std::unique_ptr<BIO, decltype(&BIO_free)>;

// What fails here is OpenSSL without memory or randomness: nothing to recover from.
void must(bool done, std::string_view what) {
    if (!done)
        throw std::runtime_error("self-signed certificate: " + std::string(what) + " failed");
}

bool ends_soon(X509* shown, std::time_t now) {
    const std::time_t renewed_at =
        now + std::chrono::duration_cast<std::chrono::seconds>(self_signed_renewed).count();
    std::time_t at = renewed_at;
    return X509_cmp_time(X509_get0_notAfter(shown), &at) <= 0;
}

bool can_serve(const tls_files& files, std::time_t now) {
    const memory_file chain(BIO_new_file(files.certificate_chain.c_str(), "r"), &BIO_free);
    const memory_file key_file(BIO_new_file(files.private_key.c_str(), "r"), &BIO_free);
    if (!chain || !key_file) return false;
    const certificate shown(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr), &X509_free);
    const private_key key(
        PEM_read_bio_PrivateKey(key_file.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free
    );
    // A crash between the two renames leaves a pair that does not match: made anew as well.
    return shown && key && X509_check_private_key(shown.get(), key.get()) == 1 &&
           !ends_soon(shown.get(), now);
}

void add_extension(X509* to, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, to, to, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value), &X509_EXTENSION_free
    );
    must(extension && X509_add_ext(to, extension.get(), -1) == 1, "an extension");
}

void set_random_serial(X509* of) {
    std::uint64_t number = 0;
    must(RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) == 1, "randomness");
    must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(of), (number >> 1U) + 1) == 1, "a serial");
}

certificate make_certificate(EVP_PKEY* key, std::time_t now) {
    certificate made(X509_new(), &X509_free);
    must(made && X509_set_version(made.get(), X509_VERSION_3) == 1, "a certificate");
    set_random_serial(made.get());
    constexpr std::time_t day = 24 * 60 * 60;
    std::time_t from = now - day;  // clocks differ
    std::time_t until = from + self_signed_valid.count() * day;
    must(ASN1_TIME_set(X509_getm_notBefore(made.get()), from) != nullptr, "a date");
    must(ASN1_TIME_set(X509_getm_notAfter(made.get()), until) != nullptr, "a date");
    X509_NAME* name = X509_get_subject_name(made.get());
    const auto* common = reinterpret_cast<const unsigned char*>("localhost");
    must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0) == 1, "a name");
    must(X509_set_issuer_name(made.get(), name) == 1, "an issuer");
    must(X509_set_pubkey(made.get(), key) == 1, "a public key");
    add_extension(made.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    add_extension(made.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(made.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(made.get(), NID_ext_key_usage, "serverAuth");
    must(X509_sign(made.get(), key, EVP_sha256()) > 0, "signing");
    return made;
}

std::string text_of(BIO* written) {
    char* text = nullptr;
    const long bytes = BIO_get_mem_data(written, &text);
    return {text, static_cast<std::size_t>(bytes)};
}

[[noreturn]] void refuse(const std::filesystem::path& path) {
    throw std::filesystem::filesystem_error(
        "writing", path, std::error_code(errno, std::system_category())
    );
}

void replace_file(const std::filesystem::path& path, const std::string& text) {
    const std::filesystem::path fresh = path.string() + ".new";
    ::unlink(fresh.c_str());  // of a run that was cut short
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) refuse(fresh);
    errno = ENOSPC;  // what a write that takes only some of the bytes leaves unsaid
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    const int why = errno;
    ::close(file);
    if (!written) {
        ::unlink(fresh.c_str());
        errno = why;
        refuse(fresh);
    }
    std::filesystem::rename(fresh, path);
}

void make_files(const tls_files& files, std::time_t now) {
    const private_key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    must(key != nullptr, "a key");
    const certificate made = make_certificate(key.get(), now);
    const memory_file key_text(BIO_new(BIO_s_mem()), &BIO_free);
    const memory_file chain_text(BIO_new(BIO_s_mem()), &BIO_free);
    must(
        PEM_write_bio_PKCS8PrivateKey(
            key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr
        ) == 1 &&
            PEM_write_bio_X509(chain_text.get(), made.get()) == 1,
        "PEM"
    );
    replace_file(files.private_key, text_of(key_text.get()));
    replace_file(files.certificate_chain, text_of(chain_text.get()));
}

}  // namespace

tls_files ensure_self_signed(
    const std::filesystem::path& folder, std::chrono::system_clock::time_point now
) {
    std::filesystem::create_directories(folder);
    tls_files files{folder / "localhost.crt", folder / "localhost.key"};
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    if (!can_serve(files, seconds)) make_files(files, seconds);
    return files;
}

}  // namespace palabre::server
