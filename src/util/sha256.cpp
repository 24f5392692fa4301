// SPDX-License-Identifier: Apache-2.0
#include "util/sha256.hpp"

#include "util/hex.hpp"

// The functions that OpenSSL 3 would rather not be asked for: its newer ones look the algorithm up
// among providers first, which costs a Lambda function a millisecond at its start, and about what a
// short text costs each time after. OPENSSL_SUPPRESS_DEPRECATED is set where this is compiled.
#include <openssl/sha.h>

namespace palabre::util {

sha256_digest sha256(std::string_view bytes) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, bytes.data(), bytes.size());
    sha256_digest digest{};
    SHA256_Final(digest.data(), &context);
    return digest;
}

sha256_digest sha256_of_fields(std::initializer_list<std::string_view> fields) {
    std::string joined;
    for (const std::string_view field : fields) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            joined.push_back(static_cast<char>((std::uint64_t{field.size()} >> shift) & 0xffU));
        }
        joined.append(field);
    }
    return sha256(joined);
}

// None of the three functions can fail: they answer with 1 and nothing else.
struct sha256_stream::state {
    SHA256_CTX context;
};

sha256_stream::sha256_stream() : state_(std::make_unique<state>()) {
    SHA256_Init(&state_->context);
}

sha256_stream::~sha256_stream() = default;

void sha256_stream::add(std::string_view bytes) {
    SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

sha256_digest sha256_stream::finish() {
    sha256_digest digest{};
    SHA256_Final(digest.data(), &state_->context);
    return digest;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text.push_back(digits[byte >> 4U]);
        text.push_back(digits[byte & 0x0fU]);
    }
    return text;
}

std::string to_hex(const sha256_digest& digest) {
    return to_hex(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

std::optional<sha256_digest> parse_sha256(std::string_view hex) noexcept {
    sha256_digest digest{};
    if (hex.size() != 2 * digest.size()) return std::nullopt;
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const int value = hex[i] >= 'A' && hex[i] <= 'F' ? -1 : hex_value(hex[i]);
        if (value < 0) return std::nullopt;
        digest[i / 2] = static_cast<std::uint8_t>(digest[i / 2] << 4U | value);
    }
    return digest;
}

}  // namespace palabre::util
