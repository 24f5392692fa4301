// SPDX-License-Identifier: Apache-2.0
#include "service/find_comment.hpp"

#include "service/rerender_comments.hpp"

#include <utility>

namespace palabre {

result<comment> find_comment(comment_store& store, std::string_view id) {
    const auto parsed = parse_comment_id(id);
    auto found = parsed ? store.find(*parsed) : std::nullopt;
    if (!found) {
        return refused(failure{errc::unknown_comment, "There is no such comment.", {}});
    }
    rerender_before_showing(store, {&*found, 1});
    return std::move(*found);
}

}  // namespace palabre
