// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace palabre::http {

enum class encoding : std::uint8_t { identity, gzip, brotli };

// The value of Content-Encoding: "br", "gzip"; empty for identity.
[[nodiscard]] std::string_view name_of(encoding coding) noexcept;

// Which encodings of a content there are, beside the content itself.
struct available_encodings {
    bool gzip = false;
    bool brotli = false;
};

// The encoding to send (RFC 9110 §12.5.3): the one with the highest weight in Accept-Encoding, and
// of those with equal weight Brotli before gzip before none. Identity when the client accepts
// nothing that we have: a page it may not want is better than none.
[[nodiscard]] encoding choose_among(
    std::optional<std::string_view> accept_encoding, available_encodings available
);

}  // namespace palabre::http
