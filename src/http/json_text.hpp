// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "util/json_text.hpp"

namespace palabre::http {

// Answers are written with these; so are backups, which know nothing of HTTP.
using util::append_json_string;
using util::json_array;
using util::json_object;

}  // namespace palabre::http
