// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text.hpp"
#include "imports/byte_stream.hpp"
#include "ports/comment_source.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

// Any bytes may be given as an export: they are read to the end or refused with a line, and what is
// read keeps the promises of ports/comment_source.hpp.
namespace palabre::fuzz {

inline void check_entry(const foreign_comment& c) {
    if (c.key.empty() || c.line == 0) std::abort();
    for (const auto* text :
         {&c.key, &c.parent_key, &c.page, &c.page_title, &c.author, &c.website, &c.html}) {
        if (!is_valid_utf8(*text)) std::abort();
    }
    if (!c.skipped && c.page.empty()) std::abort();
}

template <class Source>
void check_source(const std::uint8_t* data, std::size_t size) {
    Source source(std::make_unique<imports::memory_input>(
        std::string(reinterpret_cast<const char*>(data), size)
    ));
    try {
        source.read([](foreign_comment&& c) { check_entry(c); }, {});
    } catch (const source_error& error) {
        if (std::string(error.what()).empty()) std::abort();
    }
}

}  // namespace palabre::fuzz
