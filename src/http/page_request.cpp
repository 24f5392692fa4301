// SPDX-License-Identifier: Apache-2.0
#include "http/page_request.hpp"

#include "core/section_id.hpp"
#include "util/compress.hpp"

#include <charconv>
#include <memory>
#include <utility>

namespace palabre::http {
namespace {

// Below a network packet's size compression saves nobody anything.
constexpr std::size_t compress_from_bytes = 1'000;

// Browsers ask each time and get 304; shared caches may answer for five seconds by themselves, and
// go on answering with what they have while the backend is slow or away (RFC 5861).
constexpr std::string_view page_cache_control =
    "public, max-age=0, s-maxage=5, stale-while-revalidate=30, stale-if-error=86400";

std::optional<std::size_t> parse_limit(const std::string& text, std::size_t largest) {
    std::size_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (value < 1 || value > largest) return std::nullopt;
    return value;
}

#ifdef PALABRE_WITHOUT_BROTLI
constexpr bool has_brotli = false;
#else
constexpr bool has_brotli = true;
#endif

std::string compress(std::string_view bytes, encoding coding) {
    if constexpr (has_brotli) {
        if (coding == encoding::brotli) return util::brotli(bytes, util::effort::quick);
    }
    return util::gzip(bytes, util::effort::quick);
}

}  // namespace

std::string page_request::cache_key() const {
    std::string key = wanted.limit ? std::to_string(*wanted.limit) : std::string();
    key.push_back('/');
    key.append(wanted.cursor.value_or(""));
    return key;
}

result<std::optional<std::size_t>> read_limit(const query& parameters, const limits& allowed) {
    const auto sent = parameters.first("limit");
    if (!sent) return std::nullopt;
    const auto limit = parse_limit(*sent, allowed.page_max);
    if (limit) return limit;
    return refused(failure{
        errc::invalid_limit,
        "Give limit as a whole number from 1 to " + std::to_string(allowed.page_max) + ".",
        {}
    });
}

result<page_request> read_page_request(const request& asked, const limits& allowed) {
    const query parameters(asked.query);
    const auto section = parameters.first("sectionId");
    if (!section || section->empty()) {
        return refused(failure{errc::missing_section, "Add ?sectionId= and a section.", {}});
    }
    auto id = make_section_id(*section);
    if (!id) return refused(failure{errc::invalid_section, id.error().message, {}});
    page_request read;
    read.wanted.section = std::move(*id);
    read.wanted.cursor = parameters.first("cursor");
    const auto limit = read_limit(parameters, allowed);
    if (!limit) return refused(limit.error());
    read.wanted.limit = *limit;
    read.coding = choose_among(asked.header("accept-encoding"), {.gzip = true, .brotli = has_brotli});
    return read;
}

page_cache::page_ptr make_page(std::string json, encoding coding) {
    auto made = std::make_shared<cached_page>();
    made->fingerprint = fingerprint_of(json);
    made->coding = coding;
    made->bytes = std::move(json);
    made->bytes.shrink_to_fit();  // it was reserved generously, and the cache counts what is used
    made->etag = make_etag(made->fingerprint, encoding::identity);
    if (coding == encoding::identity || made->bytes.size() < compress_from_bytes) return made;
    made->bytes = compress(made->bytes, coding);
    made->bytes.shrink_to_fit();
    made->etag = make_etag(made->fingerprint, coding);
    made->compressed = true;
    return made;
}

response page_response(const request& asked, const page_cache::page_ptr& found) {
    response answer;
    answer.headers.reserve(8);
    answer.set("etag", found->etag);
    answer.set("cache-control", std::string(page_cache_control));
    if (matches_none(asked, found->fingerprint)) {
        answer.status = 304;
        return answer;
    }
    answer.set("content-type", "application/json");
    if (found->compressed) answer.set("content-encoding", std::string(name_of(found->coding)));
    answer.body = shared_bytes{found, found->bytes};
    return answer;
}

}  // namespace palabre::http
