// SPDX-License-Identifier: Apache-2.0
#include "service/preview_comment.hpp"

#include "core/draft.hpp"
#include "service/render_text.hpp"

#include <utility>

namespace palabre {

result<std::string> preview_comment(const std::optional<std::string>& text, const limits& allowed) {
    if (auto error = check_text(text, allowed)) {
        return refused(
            failure{errc::invalid_fields, "Some fields need another look.", {std::move(*error)}}
        );
    }
    return render_text(text.value_or(""), allowed);
}

}  // namespace palabre
