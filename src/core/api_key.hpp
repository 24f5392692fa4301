// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/timestamp.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

// What the holder of a key may do. Each may do what those before it may. The numbers are stored.
enum class role : std::uint8_t {
    site = 0,       // post; stands in the source of a page, so everybody can read it
    moderator = 1,  // decide about comments
    admin = 2,      // see and change everything
};

[[nodiscard]] std::string_view name_of(role what) noexcept;
[[nodiscard]] std::optional<role> parse_role(std::string_view name) noexcept;

// What a person reads in lists and in the audit.
inline constexpr std::size_t key_name_characters_max = 60;

// A key as it is stored: all but the secret, of which only the hash is kept. The whole key is 192
// random bits, so one round of SHA-256 is enough: there is nothing to guess.
struct api_key {
    std::string id;  // 10 characters, in front of the key itself
    std::string name;
    role may = role::site;
    std::array<std::uint8_t, 32> hash{};  // SHA-256 of the whole key
    std::vector<std::string> origins;     // of a site: pages that may use it; none: any page
    std::uint32_t posts_per_minute = 0;   // 0: as many as the limits of the service allow
    std::uint32_t posts_per_day = 0;      // a day in UTC; 0: any number
    timestamp made_at;
    std::optional<timestamp> revoked_at;

    bool operator==(const api_key&) const = default;
};

}  // namespace palabre
