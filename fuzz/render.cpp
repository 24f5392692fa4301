// SPDX-License-Identifier: Apache-2.0
// Any text may be posted: what it renders to must hold nothing but the allowed elements.
#include "markup/render.hpp"

#include "core/limits.hpp"
#include "core/text.hpp"
#include "unit/markup/html_check.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (!palabre::is_valid_utf8(text)) return 0;
    const auto html = palabre::markup::render(text, palabre::limits{}.markup_depth);
    if (!html) return 0;
    const auto problem = palabre::markup::check::first_problem(*html);
    if (problem.empty() && palabre::is_valid_utf8(*html)) return 0;
    std::fprintf(stderr, "%s in: %s\n", problem.c_str(), html->c_str());
    std::abort();
}
