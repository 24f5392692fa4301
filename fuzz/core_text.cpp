// SPDX-License-Identifier: Apache-2.0
#include "core/comment_id.hpp"
#include "core/cursor.hpp"
#include "core/draft.hpp"
#include "core/page_path.hpp"
#include "core/section_id.hpp"
#include "core/text.hpp"
#include "core/timestamp.hpp"
#include "util/base64url.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void must(bool held) {
    if (!held) std::abort();
}

}  // namespace

// Every small parser of core: what it accepts, it writes back so that it reads the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palabre;
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    const std::string folded = fold_page_path(text);
    must(folded.starts_with('/') && fold_page_path(folded) == folded);
    if (const auto section = make_section_id(text)) {
        must(make_section_id(*section) == *section);
    }
    if (const auto id = parse_comment_id(text)) must(parse_comment_id(to_string(*id)) == id);
    if (const auto at = parse_rfc3339(text)) must(parse_rfc3339(to_rfc3339(*at)) == at);
    if (const auto where = decode_cursor(text, "s")) must(encode_cursor(*where, "s") == text);
    if (const auto bytes = util::from_base64url(text)) must(util::to_base64url(*bytes) == text);

    const auto problem = find_text_problem(text, line_breaks::allowed);
    must(is_valid_utf8(text) == (problem != field_problem::invalid_utf8));
    if (!problem) {
        must(count_characters(text) <= text.size());
        must(is_invisible(text) == trim(text).empty() || is_invisible(text));
    }
    static_cast<void>(is_website(text));
    return 0;
}
