// SPDX-License-Identifier: Apache-2.0
#include "core/section_id.hpp"

#include "core/limits.hpp"
#include "core/page_path.hpp"
#include "core/text.hpp"

namespace palabre {
namespace {

std::unexpected<field_error> refuse(field_problem problem, std::string message) {
    return std::unexpected(field_error{field::section_id, problem, std::move(message)});
}

}  // namespace

std::expected<std::string, field_error> make_section_id(std::string_view text) {
    if (text.empty()) {
        return refuse(field_problem::required, "Name the section that the comments belong to.");
    }
    if (const auto problem = find_text_problem(text, line_breaks::forbidden)) {
        return refuse(*problem, "A section id is visible text in valid UTF-8.");
    }
    if (is_invisible(text)) {
        return refuse(field_problem::invisible, "Name the section with visible characters.");
    }
    // Trimmed first, so that a path with a space before it is folded too, and folding is final.
    const std::string_view name = trim(text);
    std::string id = name.starts_with('/') ? fold_page_path(name) : std::string(name);
    if (id.size() > section_id_bytes_max) {
        auto error = refuse(field_problem::too_long, "Use a section id of at most 512 bytes.");
        error.error().limit = section_id_bytes_max;
        return error;
    }
    return id;
}

}  // namespace palabre
