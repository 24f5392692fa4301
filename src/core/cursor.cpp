// SPDX-License-Identifier: Apache-2.0
#include "core/cursor.hpp"

#include "util/base64url.hpp"
#include "util/sha256.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace palabre {
namespace {

// Bytes: format (1), direction (1), milliseconds (6, big-endian), id (16), check (8). The check is
// the beginning of a SHA-256 over the section and the bytes before it: it tells a cursor of another
// section and a damaged one. It is no secret: a forged cursor shows nothing that is not public.
constexpr std::uint8_t format = 1;
constexpr std::size_t head_size = 24;
constexpr std::size_t check_size = 8;

std::string make_check(std::string_view head, std::string_view section) {
    const auto digest = util::sha256_of_fields({"palabre cursor", section, head});
    return {digest.begin(), digest.begin() + check_size};
}

failure not_ours() {
    return {
        errc::invalid_cursor,
        "The cursor was not made for this section. Begin again without a cursor.",
        {}
    };
}

}  // namespace

std::string encode_cursor(const cursor& where, std::string_view section) {
    std::string bytes;
    bytes.push_back(static_cast<char>(format));
    bytes.push_back(static_cast<char>(where.towards));
    for (int shift = 40; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<char>((where.from.at.ms >> shift) & 0xff));
    }
    bytes.append(where.from.id.bytes.begin(), where.from.id.bytes.end());
    bytes += make_check(bytes, section);
    return util::to_base64url(bytes);
}

result<cursor> decode_cursor(std::string_view text, std::string_view section) {
    const auto bytes = util::from_base64url(text);
    if (!bytes || bytes->size() != head_size + check_size) return refused(not_ours());
    const std::string_view head = std::string_view(*bytes).substr(0, head_size);
    if (bytes->substr(head_size) != make_check(head, section)) return refused(not_ours());
    if (static_cast<std::uint8_t>(head[0]) != format || static_cast<std::uint8_t>(head[1]) > 1) {
        return refused(not_ours());
    }
    cursor where;
    where.towards = static_cast<direction>(head[1]);
    for (std::size_t i = 2; i < 8; ++i) {
        where.from.at.ms = (where.from.at.ms << 8) | static_cast<unsigned char>(head[i]);
    }
    std::copy(head.begin() + 8, head.end(), where.from.id.bytes.begin());
    return where;
}

}  // namespace palabre
