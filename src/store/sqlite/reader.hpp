// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"
#include "store/sqlite/keys.hpp"
#include "store/sqlite/moderation_reader.hpp"
#include "store/sqlite/statement.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace palabre::store {

// The reading verbs of the store over one connection. Used by one thread at a time. What each
// means stands in ports/comment_store.hpp.
class reader {
public:
    explicit reader(std::unique_ptr<database> db);

    std::optional<comment> find(const comment_id& id);
    std::optional<comment> find_any(const comment_id& id);
    page list(const page_query& query);
    std::vector<section_count> counts(std::span<const std::string> sections);
    std::vector<section_count> largest_sections(std::size_t limit);
    std::uint64_t count_held();
    std::vector<comment> list_rendered_by_others(
        std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
    );
    void check();

    // The verbs of the other ports, prepared when they are first wanted.
    [[nodiscard]] moderation_reader& moderation();
    [[nodiscard]] key_reader& keys();

private:
    struct place {
        std::int64_t section_no;
        std::string_view section;
    };

    void fill_newest(page& answer, const place& of, std::size_t limit);
    void fill_older(page& answer, const place& of, const position& from, std::size_t limit);
    void fill_newer(page& answer, const place& of, const position& from, std::size_t limit);
    [[nodiscard]] std::optional<std::int64_t> renderer_after(std::int64_t renderer);

    std::unique_ptr<database> db_;
    statement find_published_;
    statement find_any_;
    statement find_section_;
    statement list_newest_;
    statement list_older_;
    statement list_newer_;
    statement any_at_or_newer_;
    statement any_at_or_older_;
    statement largest_sections_;
    statement count_held_;
    statement next_renderer_;
    statement list_by_renderer_;
    statement check_;
    std::optional<moderation_reader> moderation_;
    std::optional<key_reader> keys_;
};

}  // namespace palabre::store
