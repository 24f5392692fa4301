// SPDX-License-Identifier: Apache-2.0
#include "service/render_text.hpp"

#include "markup/render.hpp"

#include <utility>

namespace palabre {
namespace {

refused refuse(field_error error) {
    return refused(
        failure{errc::invalid_fields, "Some fields need another look.", {std::move(error)}}
    );
}

}  // namespace

result<std::string> render_text(std::string_view text, const limits& allowed) {
    auto html = markup::render(text, allowed.markup_depth);
    if (!html) {
        field_error error{
            field::text, field_problem::too_deep, "Use fewer quotes and lists inside each other."
        };
        error.limit = allowed.markup_depth;
        return refuse(std::move(error));
    }
    // Markdown can be visible and come to nothing: "[a]: b" only defines a link that nobody uses.
    if (html->empty()) {
        return refuse(
            {field::text, field_problem::invisible, "Write something that can be seen.", {}}
        );
    }
    return std::move(*html);
}

}  // namespace palabre
