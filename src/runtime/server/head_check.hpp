// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"
#include "runtime/server/options.hpp"

#include <optional>
#include <string_view>

namespace palabre::server {

// The strict reading of RFC 9112 that proxies in front of us may not share. A head on which two
// parsers could disagree is refused here, before the parser sees it: that is what request
// smuggling lives on. Pure functions on bytes.

// A request that is no HTTP, and what about it is not.
[[nodiscard]] failure malformed(std::string_view detail);

// Line ends so far: a CR without LF, a LF without CR or a NUL is refused as soon as it is seen.
// `bytes` may stop in the middle of the head.
[[nodiscard]] std::optional<failure> check_line_ends(std::string_view bytes);

// A whole head, "\r\n\r\n" included: request line, names, values, sizes.
[[nodiscard]] std::optional<failure> check_head(
    std::string_view head, const request_limits& limits
);

// Whether `text` is a host with an optional port, as in the Host header: "example.org:8443",
// "[::1]", "192.0.2.1". Letters, digits, '-', '.', '_' only: no user, no percent-encoding.
[[nodiscard]] bool is_host_and_port(std::string_view text) noexcept;

// What an absolute or origin target is made of.
struct target_parts {
    std::string_view host;  // of an absolute target; empty otherwise
    std::string_view path;  // "/" when the absolute target has none; "*" for OPTIONS
    std::string_view query;
};

// Empty when the target is neither in origin form ("/a?b") nor in absolute form
// ("http://host/a?b"), nor "*".
[[nodiscard]] std::optional<target_parts> split_target(std::string_view target) noexcept;

}  // namespace palabre::server
