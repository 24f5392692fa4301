// SPDX-License-Identifier: Apache-2.0
#include "doctor/certificate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace palabre::doctor {
namespace {

namespace fs = std::filesystem;

constexpr const char* certificate_subject = "certificate";

using certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using private_key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using opened_file = std::unique_ptr<BIO, decltype(&BIO_free)>;

finding wrong(std::string sentence, std::string advice) {
    return {severity::wrong, certificate_subject, std::move(sentence), std::move(advice)};
}

finding unreadable(const fs::path& file, std::string_view what) {
    ERR_clear_error();
    return wrong(
        fmt::format("{} is {} that this user can read.", file.string(), what),
        "See certificate and key in [tls]; both are PEM, and the server's user must be able to "
        "read them."
    );
}

std::string text_of(const ASN1_STRING* text) {
    const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
    return {data, static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::vector<std::string> names_of(X509* shown) {
    std::vector<std::string> names;
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(shown, NID_subject_alt_name, nullptr, nullptr)
        ),
        &GENERAL_NAMES_free
    );
    for (int n = 0; all && n < sk_GENERAL_NAME_num(all.get()); ++n) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), n);
        if (name->type == GEN_DNS) names.push_back(text_of(name->d.dNSName));
    }
    return names;
}

// Whole days from `now` to `then`, negative when that is past.
int days_until(const ASN1_TIME* then, timestamp now) {
    const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> from(
        ASN1_TIME_set(nullptr, now.ms / 1000), &ASN1_TIME_free
    );
    int days = 0;
    int seconds = 0;
    if (!from || ASN1_TIME_diff(&days, &seconds, from.get(), then) != 1) return 0;
    return seconds < 0 && days == 0 ? -1 : days;
}

finding judge_dates(const fs::path& chain, X509* shown, timestamp now) {
    const auto names = fmt::format("{}", fmt::join(names_of(shown), ", "));
    constexpr const char* renew =
        "Renew it, then send the server SIGHUP: see `systemctl list-timers` for whoever should.";
    if (days_until(X509_get0_notBefore(shown), now) > 0) {
        return wrong(
            fmt::format("{} holds only from a later day on.", chain.string()),
            "Is the clock of this machine right?"
        );
    }
    const int days = days_until(X509_get0_notAfter(shown), now);
    if (days < 0) {
        return wrong(fmt::format("{} ended {} days ago.", chain.string(), -days), renew);
    }
    auto sentence = fmt::format("It holds for {} more days, for {}.", days, names);
    if (days < certificate_days_comfortable) {
        return {severity::remark, certificate_subject, std::move(sentence), renew};
    }
    if (names.empty()) return wrong(fmt::format("{} is for no name.", chain.string()), renew);
    return {severity::fine, certificate_subject, std::move(sentence), ""};
}

}  // namespace

std::vector<finding> look_at_certificate(
    const fs::path& chain, const fs::path& key, timestamp now
) {
    const opened_file chain_file(BIO_new_file(chain.c_str(), "r"), &BIO_free);
    const certificate shown(
        chain_file ? PEM_read_bio_X509(chain_file.get(), nullptr, nullptr, nullptr) : nullptr,
        &X509_free
    );
    if (!shown) return {unreadable(chain, "no certificate")};
    const opened_file key_file(BIO_new_file(key.c_str(), "r"), &BIO_free);
    const private_key secret(
        key_file ? PEM_read_bio_PrivateKey(key_file.get(), nullptr, nullptr, nullptr) : nullptr,
        &EVP_PKEY_free
    );
    if (!secret) return {unreadable(key, "no private key")};
    std::vector<finding> found{judge_dates(chain, shown.get(), now)};
    if (X509_check_private_key(shown.get(), secret.get()) != 1) {
        ERR_clear_error();
        found.push_back(wrong(
            fmt::format("{} is not the key of {}.", key.string(), chain.string()),
            "See certificate and key in [tls]: both must come from the same renewal."
        ));
    }
    return found;
}

}  // namespace palabre::doctor
