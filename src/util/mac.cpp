// SPDX-License-Identifier: Apache-2.0
#include "util/mac.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace palabre::util {

sha256_digest hmac_sha256(std::string_view key, std::string_view message) {
    sha256_digest digest{};
    HMAC(
        EVP_sha256(),
        key.data(),
        static_cast<int>(key.size()),
        reinterpret_cast<const unsigned char*>(message.data()),
        message.size(),
        digest.data(),
        nullptr
    );
    return digest;
}

bool equal_in_constant_time(std::string_view one, std::string_view other) noexcept {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace palabre::util
