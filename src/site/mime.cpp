// SPDX-License-Identifier: Apache-2.0
#include "site/mime.hpp"

#include <algorithm>
#include <array>

namespace palabre::site {
namespace {

struct entry {
    std::string_view extension;
    media_type type;
};

constexpr auto yes = shrinks::yes;
constexpr auto no = shrinks::no;

constexpr media_type unknown{"application/octet-stream", no};

// What sites are made of. Types as the IANA registry has them.
constexpr auto types = std::to_array<entry>({
    {"html", {"text/html; charset=utf-8", yes}},
    {"htm", {"text/html; charset=utf-8", yes}},
    {"css", {"text/css; charset=utf-8", yes}},
    {"js", {"text/javascript; charset=utf-8", yes}},
    {"mjs", {"text/javascript; charset=utf-8", yes}},
    {"json", {"application/json", yes}},
    {"map", {"application/json", yes}},
    {"geojson", {"application/geo+json", yes}},
    {"webmanifest", {"application/manifest+json", yes}},
    {"txt", {"text/plain; charset=utf-8", yes}},
    {"md", {"text/markdown; charset=utf-8", yes}},
    {"csv", {"text/csv; charset=utf-8", yes}},
    {"ics", {"text/calendar; charset=utf-8", yes}},
    {"vtt", {"text/vtt; charset=utf-8", yes}},
    {"asc", {"text/plain; charset=utf-8", yes}},
    {"yaml", {"application/yaml", yes}},
    {"yml", {"application/yaml", yes}},
    {"xml", {"application/xml; charset=utf-8", yes}},
    {"xsl", {"application/xslt+xml; charset=utf-8", yes}},
    {"rss", {"application/rss+xml; charset=utf-8", yes}},
    {"atom", {"application/atom+xml; charset=utf-8", yes}},
    {"xhtml", {"application/xhtml+xml; charset=utf-8", yes}},
    {"svg", {"image/svg+xml; charset=utf-8", yes}},
    {"ico", {"image/x-icon", yes}},
    {"png", {"image/png", no}},
    {"jpg", {"image/jpeg", no}},
    {"jpeg", {"image/jpeg", no}},
    {"gif", {"image/gif", no}},
    {"webp", {"image/webp", no}},
    {"avif", {"image/avif", no}},
    {"jxl", {"image/jxl", no}},
    {"woff", {"font/woff", no}},
    {"woff2", {"font/woff2", no}},
    {"ttf", {"font/ttf", yes}},
    {"otf", {"font/otf", yes}},
    {"wasm", {"application/wasm", yes}},
    {"pdf", {"application/pdf", no}},
    {"mp3", {"audio/mpeg", no}},
    {"m4a", {"audio/mp4", no}},
    {"ogg", {"audio/ogg", no}},
    {"opus", {"audio/ogg", no}},
    {"flac", {"audio/flac", no}},
    {"wav", {"audio/wav", no}},
    {"mp4", {"video/mp4", no}},
    {"webm", {"video/webm", no}},
    {"mov", {"video/quicktime", no}},
    {"zip", {"application/zip", no}},
    {"gz", {"application/gzip", no}},
    {"epub", {"application/epub+zip", no}},
});

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool is_hex_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'f';
}

}  // namespace

media_type media_type_of(std::string_view file_name) noexcept {
    const auto dot = file_name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return unknown;
    const auto extension = file_name.substr(dot + 1);
    const auto same = [&](const entry& known) {
        return std::ranges::equal(known.extension, extension, {}, {}, lower);
    };
    const auto* found = std::ranges::find_if(types, same);
    return found == types.end() ? unknown : found->type;
}

bool is_fingerprinted(std::string_view file_name) noexcept {
    constexpr std::size_t hash_characters_min = 8;
    const auto extension = file_name.rfind('.');
    if (extension == std::string_view::npos || extension == 0) return false;
    const auto start = file_name.rfind('.', extension - 1);
    if (start == std::string_view::npos || start == 0) return false;
    const auto hash = file_name.substr(start + 1, extension - start - 1);
    // Digits alone are a date far more often than a hash: "fair.20240518.jpg".
    return hash.size() >= hash_characters_min &&
           std::ranges::all_of(hash, [](char c) { return is_digit(c) || is_hex_letter(c); }) &&
           std::ranges::any_of(hash, is_hex_letter);
}

}  // namespace palabre::site
