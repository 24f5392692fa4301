// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace palabre {

// The limits of a comment. Characters are Unicode code points, unless a name says bytes. An owner
// may lower or raise those of `limits`; the constants below it are part of the formats.
struct limits {
    std::size_t author_characters = 80;    // the longest full names fit; a sentence does not
    std::size_t text_characters = 10'000;  // two printed pages; longer belongs on one's own site
    std::size_t website_characters = 300;  // long enough for any home page
    std::uint32_t reply_depth = 8;         // deeper conversations cannot be shown on a phone
    std::uint32_t markup_depth = 24;       // nested quotes and lists beyond it are an attack
    std::size_t page_default = 20;         // comments in a page when none is asked for
    std::size_t page_max = 100;            // about 200 kB of JSON at the usual length
    std::size_t whole_section = 50;        // sections up to this come back whole by default
};

// A page's path is the longest section id in use; DynamoDB's key limit (1,024 bytes as a sort key,
// 2,048 as a partition key) leaves room.
inline constexpr std::size_t section_id_bytes_max = 512;

// One request asks for the counts of one page's sections; a blog's index shows fewer than this.
inline constexpr std::size_t sections_per_count_max = 100;

// A UUID or a hash in hex fits; more would only cost storage.
inline constexpr std::size_t idempotency_key_bytes_max = 128;

// How long a retry of a post is recognised. A browser that was closed over a weekend comes back
// within it.
inline constexpr std::int64_t idempotency_keep_ms = 7LL * 24 * 60 * 60 * 1000;

}  // namespace palabre
