// SPDX-License-Identifier: Apache-2.0
#include "util/siphash.hpp"

#include "util/random.hpp"

#include <bit>

namespace palabre::util {
namespace {

struct state {
    std::uint64_t v0, v1, v2, v3;

    void rounds(int count) noexcept {
        for (int i = 0; i < count; ++i) {
            v0 += v1;
            v1 = std::rotl(v1, 13) ^ v0;
            v0 = std::rotl(v0, 32);
            v2 += v3;
            v3 = std::rotl(v3, 16) ^ v2;
            v0 += v3;
            v3 = std::rotl(v3, 21) ^ v0;
            v2 += v1;
            v1 = std::rotl(v1, 17) ^ v2;
            v2 = std::rotl(v2, 32);
        }
    }

    void take(std::uint64_t word) noexcept {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }
};

// Little-endian, whatever the machine; compilers make one load of it.
std::uint64_t word_of(std::string_view bytes) noexcept {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return word;
}

}  // namespace

std::uint64_t siphash(const siphash_key& key, std::string_view bytes) noexcept {
    state all{
        key[0] ^ 0x736f6d6570736575U,
        key[1] ^ 0x646f72616e646f6dU,
        key[0] ^ 0x6c7967656e657261U,
        key[1] ^ 0x7465646279746573U
    };
    const std::uint64_t length = std::uint64_t{bytes.size()} << 56U;
    for (; bytes.size() >= 8; bytes.remove_prefix(8))
        all.take(word_of(bytes.substr(0, 8)));
    all.take(length | word_of(bytes));
    all.v2 ^= 0xffU;
    all.rounds(4);
    return all.v0 ^ all.v1 ^ all.v2 ^ all.v3;
}

siphash_key random_siphash_key() {
    std::array<std::uint8_t, sizeof(siphash_key)> bytes{};
    fill_with_random(bytes);
    return std::bit_cast<siphash_key>(bytes);
}

}  // namespace palabre::util
