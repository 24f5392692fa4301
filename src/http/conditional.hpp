// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/negotiate.hpp"
#include "http/request.hpp"

#include <string>
#include <string_view>

namespace palabre::http {

// A strong ETag, with its quotes, for one encoding of a content whose bytes have this fingerprint.
[[nodiscard]] std::string make_etag(std::string_view fingerprint, encoding coding);

// Whether If-None-Match (RFC 9110 §13.1.2, weak comparison) names the content with this
// fingerprint in any encoding, or is "*". False when the header is absent.
[[nodiscard]] bool matches_none(const request& asked, std::string_view fingerprint) noexcept;

// 16 hexadecimal characters of a SHA-256: enough to tell the versions of one page apart.
[[nodiscard]] std::string fingerprint_of(std::string_view bytes);

}  // namespace palabre::http
