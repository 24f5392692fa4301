// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::util {

using sha256_digest = std::array<std::uint8_t, 32>;

[[nodiscard]] sha256_digest sha256(std::string_view bytes);

// Over several fields, each preceded by its length (8 bytes, little-endian), so that ("ab","c") and
// ("a","bc") differ.
[[nodiscard]] sha256_digest sha256_of_fields(std::initializer_list<std::string_view> fields);

// Of bytes that come in parts. Used by one thread at a time.
class sha256_stream {
public:
    sha256_stream();
    ~sha256_stream();
    sha256_stream(const sha256_stream&) = delete;
    sha256_stream& operator=(const sha256_stream&) = delete;

    void add(std::string_view bytes);
    // Of all that was added. Nothing may be added afterwards.
    [[nodiscard]] sha256_digest finish();

private:
    struct state;
    std::unique_ptr<state> state_;
};

// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(const sha256_digest& digest);

// Exactly 64 lower-case hexadecimal digits.
[[nodiscard]] std::optional<sha256_digest> parse_sha256(std::string_view hex) noexcept;

}  // namespace palabre::util
