// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::util {

// How hard to try: `quick` for answers made on demand, `best` for files prepared ahead.
enum class effort { quick, best };

// Brotli (RFC 7932, in brotli.cpp: who does not call it is not linked with its dictionary) and gzip (RFC 1952) of the whole input. Throw std::bad_alloc only.
[[nodiscard]] std::string brotli(std::string_view bytes, effort how);
[[nodiscard]] std::string gzip(std::string_view bytes, effort how);

}  // namespace palabre::util
