// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/conditional.hpp"

#include <optional>
#include <string_view>

namespace palabre::site {

// Which encodings of a file there are, beside the file itself.
struct available_encodings {
    bool gzip = false;
    bool brotli = false;
};

// The encoding to send (RFC 9110 §12.5.3): the one with the highest weight in Accept-Encoding, and
// of those with equal weight Brotli before gzip before none. Identity when the client accepts
// nothing that we have: a page it may not want is better than none.
[[nodiscard]] http::encoding choose_among(
    std::optional<std::string_view> accept_encoding, available_encodings available
);

}  // namespace palabre::site
