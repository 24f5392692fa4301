// SPDX-License-Identifier: Apache-2.0
#include "service/render_text.hpp"

#include "markup/render.hpp"

#include <utility>

namespace palabre {

result<std::string> render_text(std::string_view text, const limits& allowed) {
    auto html = markup::render(text, allowed.markup_depth);
    if (html) return std::move(*html);
    field_error error{
        field::text, field_problem::too_deep, "Use fewer quotes and lists inside each other."
    };
    error.limit = allowed.markup_depth;
    return refused(
        failure{errc::invalid_fields, "Some fields need another look.", {std::move(error)}}
    );
}

}  // namespace palabre
