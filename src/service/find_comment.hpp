// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.hpp"
#include "ports/comment_store.hpp"

#include <string_view>

namespace palabre {

// One published comment by the text of its id. Refuses with unknown_comment; throws store_error.
[[nodiscard]] result<comment> find_comment(comment_store& store, std::string_view id);

}  // namespace palabre
