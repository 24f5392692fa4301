// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/page_cache.hpp"
#include "http/page_request.hpp"
#include "ports/clock.hpp"
#include "ports/section_stamps.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::http {

// Which pages of comments are found in the cache and kept there. Where the cache hears of every
// write, that is all there is to it. Where others write too, a page is kept under the stamp of its
// section, and each reader asks for the stamp anew: a page whose section has changed since is found
// no more. Not for the first reader of a section, for whom the question would be lost time.
//
// Thread-safe. Everything given by reference must outlive it.
class kept_pages {
public:
    struct parts {
        page_cache& cache;
        section_stamps* stamps = nullptr;  // null: the cache hears of every write
    };

    // How long a page is kept at most: should an index ever show a change later than the store
    // takes for possible, a stale page ends here.
    static constexpr std::int64_t kept_with_stamp_ms = 5 * 60 * 1000;

    kept_pages(const parts& with, const clock& time) : with_(with), time_(time) {}

    // What can be had without waiting for anybody.
    [[nodiscard]] page_cache::page_ptr find_at_once(const page_request& asked) const;

    struct place {
        page_cache::page_ptr found;       // the page, when it is there
        page_cache::ticket ticket;        // otherwise: taken before the store is asked
        std::optional<std::string> name;  // under which it may be kept
    };

    // May ask for the stamp, and throw store_error.
    [[nodiscard]] place look(const page_request& asked);

    // The page made of what the store gave, and kept when it may be.
    [[nodiscard]] page_cache::page_ptr keep(
        const place& where, const page_request& asked, std::string json
    );

private:
    [[nodiscard]] std::optional<std::string> name_of(const page_request& asked);
    [[nodiscard]] encoding coding_of(const page_request& asked) const noexcept;
    [[nodiscard]] bool was_asked_before(std::string_view section) noexcept;

    // Sections that share a slot only ask for a stamp once more, or once less.
    static constexpr std::size_t asked_slots = 256;

    parts with_;
    const clock& time_;
    std::array<std::atomic<std::size_t>, asked_slots> asked_{};
};

}  // namespace palabre::http
