// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/conditional.hpp"
#include "http/response.hpp"
#include "ports/comment_store.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace palabre::http {

// A page of comments as it is sent. Never changed once made.
struct cached_page {
    std::string bytes;
    encoding coding = encoding::identity;  // the one it was made for
    bool compressed = false;               // small pages stay as they are in every encoding
    std::string fingerprint;               // of the bytes before compression
    std::string etag;
};

// Pages of comments as bytes, in each encoding that was asked for, so that a popular section costs
// what a static file costs. As an observer of the store it drops a section's pages with the write
// that changes them.
//
// The race it must win: a reader fetches a page, a writer commits and drops the section, the reader
// stores its page, now stale. So a reader takes a ticket before it asks the store, and a page whose
// section was dropped since is not kept.
//
// Thread-safe. Bounded by bytes: the sections unused for longest go first.
class page_cache final : public store_observer {
public:
    // 0 keeps nothing.
    explicit page_cache(std::size_t bytes_max);

    struct ticket {
        std::size_t slot;
        std::uint64_t generation;
    };

    using page_ptr = std::shared_ptr<const cached_page>;

    [[nodiscard]] page_ptr find(std::string_view section, std::string_view page, encoding coding);

    // Take it before the store is asked.
    [[nodiscard]] ticket take_ticket(std::string_view section) const noexcept;

    // Keeps the page unless its section was dropped since the ticket was taken.
    void keep(const ticket& taken, std::string_view section, std::string_view page, page_ptr made);

    void section_changed(std::string_view section) noexcept override;
    void everything_changed() noexcept override;

    [[nodiscard]] bool keeps_nothing() const noexcept { return bytes_max_per_shard_ == 0; }
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    struct entry {
        std::string page;
        page_ptr content;
    };
    struct section_pages {
        std::string section;
        std::vector<entry> entries;  // oldest first
        std::size_t bytes = 0;
    };
    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    // What a lock guards stands beside it, and nowhere else.
    struct shard {
        mutable std::mutex mutex;
        std::list<section_pages> by_use;  // most recently used first
        std::unordered_map<
            std::string,
            std::list<section_pages>::iterator,
            text_hash,
            std::equal_to<>>
            by_section;
        std::size_t bytes = 0;
    };

    static constexpr std::size_t shard_count = 16;
    // Sections that share a slot only make each other's pages be fetched once more.
    static constexpr std::size_t generation_count = 1024;

    shard& shard_of(std::string_view section) noexcept;
    static void drop(shard& in, std::list<section_pages>::iterator which) noexcept;
    static void add_entry(shard& in, section_pages& to, entry added);

    std::size_t bytes_max_per_shard_;
    std::array<shard, shard_count> shards_;
    std::array<std::atomic<std::uint64_t>, generation_count> generations_{};
};

}  // namespace palabre::http
