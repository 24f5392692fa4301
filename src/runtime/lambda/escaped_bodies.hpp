// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/response.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace palabre::lambda {

// Bodies that many answers share, as they stand within the gateway's JSON, so that a page that is
// kept is escaped once. Used by one thread.
class escaped_bodies {
public:
    // Beside the pages themselves: a few of the largest, or hundreds of usual ones.
    static constexpr std::size_t bytes_max = std::size_t{4} * 1024 * 1024;

    // The body as a JSON string with its quotes, good until the next call; empty when it is not
    // UTF-8.
    [[nodiscard]] std::string_view text_of(const http::shared_bytes& body);

private:
    struct entry {
        std::shared_ptr<const void> owner;  // as long as it lives, no other body has its address
        const char* begin;
        std::size_t length;
        std::string text;
    };

    std::deque<entry> entries_;  // oldest first
    std::size_t bytes_ = 0;
};

}  // namespace palabre::lambda
