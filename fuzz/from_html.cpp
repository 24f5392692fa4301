// SPDX-License-Identifier: Apache-2.0
// Any bytes may stand in another engine's export: they must become text that we would accept, that
// renders, and that renders safely.
#include "markup/from_html.hpp"

#include "core/limits.hpp"
#include "core/text.hpp"
#include "markup/render.hpp"
#include "unit/markup/html_check.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

[[noreturn]] void fail(std::string_view what, const std::string& text) {
    std::fprintf(stderr, "%s: %s\n", std::string(what).c_str(), text.c_str());
    std::abort();
}

void check(std::string_view html, palabre::markup::newlines meaning) {
    const auto text = palabre::markup::from_html(html, meaning);
    if (palabre::find_text_problem(text, palabre::line_breaks::allowed)) fail("not clean", text);
    const auto rendered = palabre::markup::render(text, palabre::limits{}.markup_depth);
    if (!rendered) fail("too deep", text);
    const auto problem = palabre::markup::check::first_problem(*rendered);
    if (!problem.empty()) fail(problem, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view html(reinterpret_cast<const char*>(data), size);
    check(html, palabre::markup::newlines::are_space);
    check(html, palabre::markup::newlines::are_breaks);
    return 0;
}
