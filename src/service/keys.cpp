// SPDX-License-Identifier: Apache-2.0
#include "service/keys.hpp"

#include "util/mac.hpp"
#include "util/sha256.hpp"

#include <cassert>

namespace palabre {
namespace {

constexpr std::string_view prefix = "plb_";
constexpr std::size_t id_length = 10;
constexpr std::size_t secret_length = 40;
static_assert(prefix.size() + id_length + 1 + secret_length == key_length);

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

// Crockford's base 32: no letter that reads like a digit, so keys survive being read aloud.
std::string to_base32(std::string_view bytes, std::size_t length) {
    constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string text;
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        waiting = waiting << 8U | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5 && text.size() < length; bits -= 5)
            text.push_back(digits[waiting >> (bits - 5) & 31U]);
    }
    return text;
}

std::string_view bytes_of(const std::array<std::uint8_t, 32>& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

failure unknown_key() {
    return {errc::invalid_key, "This x-api-key is not known here, or was revoked.", {}};
}

}  // namespace

bool is_of_our_form(std::string_view key) noexcept {
    return key.size() == key_length && key.starts_with(prefix) &&
           key[prefix.size() + id_length] == '_';
}

issued_key issue_key(api_key wanted, std::string_view entropy) {
    assert(entropy.size() == key_entropy_bytes);
    issued_key made{std::move(wanted), {}};
    // 50 and 200 bits of the 256.
    made.stored.id = to_base32(entropy.substr(0, 7), id_length);
    made.text =
        std::string(prefix) + made.stored.id + '_' + to_base32(entropy.substr(7), secret_length);
    made.stored.hash = util::sha256(made.text);
    return made;
}

result<caller> authenticate(key_store& keys, const std::optional<std::string_view>& sent) {
    if (!sent) return caller{};
    if (!is_of_our_form(*sent)) return refused(unknown_key());
    const auto found = keys.find_key(sent->substr(prefix.size(), id_length));
    if (!found || found->revoked_at) return refused(unknown_key());
    if (!util::equal_in_constant_time(bytes_of(util::sha256(*sent)), bytes_of(found->hash))) {
        return refused(unknown_key());
    }
    return caller{found->may, "key:" + found->name, found};
}

result<void> take_quota(key_store& keys, const caller& from, timestamp now) {
    if (!from.key || from.key->posts_per_day == 0) return {};
    if (keys.take_daily_post(from.key->id, now.ms / day_ms, from.key->posts_per_day)) return {};
    return refused(failure{
        errc::quota_exceeded,
        "This key has made all its posts of the day; a new day begins at midnight UTC.",
        {}
    });
}

}  // namespace palabre
