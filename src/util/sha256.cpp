// SPDX-License-Identifier: Apache-2.0
#include "util/sha256.hpp"

#include <openssl/sha.h>

namespace palabre::util {

sha256_digest sha256(std::string_view bytes) {
    sha256_digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
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

}  // namespace palabre::util
