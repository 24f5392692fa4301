// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "core/result.hpp"
#include "http/page_cache.hpp"
#include "http/query.hpp"
#include "http/request.hpp"
#include "service/list_comments.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace palabre::http {

// What GET /commentaires asks for, read and checked.
struct page_request {
    list_comments::input wanted;
    encoding coding = encoding::identity;

    // Names the page within its section, the same for the same page.
    [[nodiscard]] std::string cache_key() const;
};

// The parameter `limit`, if there is one. Refuses with invalid_limit.
[[nodiscard]] result<std::optional<std::size_t>> read_limit(
    const query& parameters, const limits& allowed
);

// Refuses with missing_section, invalid_section or invalid_limit.
[[nodiscard]] result<page_request> read_page_request(const request& asked, const limits& allowed);

// A page ready to be sent, in the encoding asked for if that makes it smaller.
[[nodiscard]] page_cache::page_ptr make_page(std::string json, encoding coding);

// The page, or 304 when the client has it already.
[[nodiscard]] response page_response(const request& asked, const page_cache::page_ptr& found);

}  // namespace palabre::http
