// SPDX-License-Identifier: Apache-2.0
#include "util/mac.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

namespace palabre::util {
namespace {

constexpr std::size_t block_bytes = 64;  // of SHA-256
constexpr char inner_mask = 0x36;
constexpr char outer_mask = 0x5c;

using block = std::array<char, block_bytes>;

std::string_view view(const auto& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

block masked(block key, char mask) {
    for (char& each : key)
        each = static_cast<char>(each ^ mask);
    return key;
}

sha256_digest hash_of_both(const block& key, std::string_view message) {
    sha256_stream both;
    both.add(view(key));
    both.add(message);
    return both.finish();
}

}  // namespace

// RFC 2104, in its own words: H(K XOR opad, H(K XOR ipad, text)).
sha256_digest hmac_sha256(std::string_view key, std::string_view message) {
    block padded{};
    if (key.size() > block_bytes) {
        const sha256_digest short_key = sha256(key);
        std::ranges::copy(view(short_key), padded.begin());
    } else {
        std::ranges::copy(key, padded.begin());
    }
    const sha256_digest inner = hash_of_both(masked(padded, inner_mask), message);
    return hash_of_both(masked(padded, outer_mask), view(inner));
}

bool equal_in_constant_time(std::string_view one, std::string_view other) noexcept {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace palabre::util
