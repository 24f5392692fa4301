// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

namespace palabre::site {

// What a Range header asks of `size` bytes (RFC 9110 §14.1.2).
struct byte_range {
    std::uint64_t first = 0;
    std::uint64_t length = 0;
    bool operator==(const byte_range&) const = default;
};
struct whole_answer {  // no range, or one that may be ignored: the answer is 200
    bool operator==(const whole_answer&) const = default;
};
struct not_satisfiable {  // the answer is 416
    bool operator==(const not_satisfiable&) const = default;
};
using range_answer = std::variant<whole_answer, byte_range, not_satisfiable>;

// A list of several ranges is answered whole: what asks for many pieces of one file is an attack
// more often than a reader, and RFC 9110 allows it. So are other units, and malformed values.
[[nodiscard]] range_answer find_range(std::string_view header, std::uint64_t size);

}  // namespace palabre::site
