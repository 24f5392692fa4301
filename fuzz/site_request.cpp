// SPDX-License-Identifier: Apache-2.0
#include "core/text.hpp"
#include "http/conditional.hpp"
#include "http/negotiate.hpp"
#include "site/http_date.hpp"
#include "site/precondition.hpp"
#include "site/range.hpp"
#include "site/target.hpp"
#include "support/asking.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

constexpr std::uint64_t file_size = 1'000;

void must(bool held) {
    if (!held) std::abort();
}

}  // namespace

// Every field of a request that the site reads: paths never climb, ranges never leave the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palabre;
    const std::string text(reinterpret_cast<const char*>(data), size);

    if (const auto path = site::decode_target(text)) {
        must(is_valid_utf8(*path) && path->find('\0') == std::string::npos);
        must(("/" + *path + "/").find("/../") == std::string::npos);
        must(site::decode_target(site::encode_target(*path)) == path);
    }
    const auto found = site::find_range(text, file_size);
    if (const auto* range = std::get_if<site::byte_range>(&found)) {
        must(range->length > 0 && range->first < file_size);
        must(range->length <= file_size - range->first);
    }
    if (const auto date = site::from_http_date(text)) {
        must(site::from_http_date(site::to_http_date(*date)) == date);
    }
    static_cast<void>(http::choose_among(text, {.gzip = true, .brotli = true}));
    const auto asked = test::asking("GET", "/")
                           .with("if-none-match", text)
                           .with("if-match", text)
                           .with("if-range", text)
                           .with("if-modified-since", text);
    static_cast<void>(http::matches_none(asked.request(), "0123456789abcdef"));
    static_cast<void>(site::evaluate(asked.request(), "\"x\"", 1'700'000'000));
    static_cast<void>(site::may_send_range(asked.request(), "\"x\""));
    return 0;
}
