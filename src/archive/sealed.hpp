// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace palabre::archive {

// A JSON object whose last member, "checksum", is the SHA-256 of what stands before it.

// Seals the text of an object with at least one member.
[[nodiscard]] std::string sealed(std::string object);

// Throws bad_member (members.hpp) when the text is not as it was sealed.
void require_seal(std::string_view text);

}  // namespace palabre::archive
