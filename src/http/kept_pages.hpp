// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/page_cache.hpp"
#include "http/page_request.hpp"
#include "ports/clock.hpp"
#include "ports/section_stamps.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::http {

// Which pages of comments are found in the cache and kept there. Where the cache hears of every
// write, that is all there is to it. Where others write too, a page is kept under the stamp of its
// section: a page whose section has changed since is found no more. A stamp is asked for once a
// second, and not for the first reader of a section, for whom the question would be lost time.
//
// Thread-safe. Everything given by reference must outlive it.
class kept_pages {
public:
    struct parts {
        page_cache& cache;
        section_stamps* stamps = nullptr;  // null: the cache hears of every write
    };

    // How long a stamp is believed: what others write is seen so much later at most, as on a server
    // that shares its store (home/machine/cache_sweeper.hpp).
    static constexpr std::int64_t stamp_believed_ms = 1'000;

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
    [[nodiscard]] std::optional<std::string> stamp_of(std::string_view section);

    // What was last heard of a section.
    struct heard {
        std::string section;
        std::optional<std::string> stamp;  // none: nothing may be kept, or nobody has asked
        std::int64_t at_ms = 0;
    };
    // Sections that share a slot only have their stamps asked for more often.
    static constexpr std::size_t heard_slots = 256;

    parts with_;
    const clock& time_;
    std::mutex mutex_;
    std::array<heard, heard_slots> heard_;  // under mutex_
};

}  // namespace palabre::http
