// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "core/result.hpp"
#include "ports/comment_store.hpp"

#include <optional>
#include <string>

namespace palabre {

// Gives a page of a section, newest first. Thread-safe when the store is, which must outlive it.
class list_comments {
public:
    struct input {
        std::string section;                // a section id as make_section_id gives it
        std::optional<std::size_t> limit;   // 1 to limits::page_max, checked by the caller
        std::optional<std::string> cursor;  // as sent; checked here
    };

    struct output {
        page found;
        std::optional<std::string> next_cursor;
        std::optional<std::string> previous_cursor;
    };

    list_comments(comment_store& store, const limits& allowed) : store_(store), allowed_(allowed) {}

    // Refuses with invalid_cursor. Throws store_error.
    [[nodiscard]] result<output> run(const input& asked);

private:
    comment_store& store_;
    limits allowed_;
};

}  // namespace palabre
