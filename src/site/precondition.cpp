// SPDX-License-Identifier: Apache-2.0
#include "site/precondition.hpp"

#include "site/http_date.hpp"
#include "util/blanks.hpp"

#include <algorithm>

namespace palabre::site {
namespace {

enum class comparison { strong, weak };

// Our own ETags hold no comma, so cutting a list at each comma finds them whatever else is in it.
bool lists(std::string_view list, std::string_view etag, comparison how) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        auto tag = util::without_blanks(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        if (tag == "*") return true;
        if (how == comparison::weak && tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == etag) return true;
    }
    return false;
}

bool is_older(std::string_view date, std::int64_t modified_at_s) {
    const auto since = from_http_date(date);
    return since && modified_at_s > *since;
}

bool is_not_newer(std::string_view date, std::int64_t modified_at_s) {
    const auto since = from_http_date(date);
    return since && modified_at_s <= *since;
}

}  // namespace

precondition evaluate(
    const http::request& asked, std::string_view etag, std::int64_t modified_at_s
) {
    if (const auto match = asked.header("if-match")) {
        if (!lists(*match, etag, comparison::strong)) return precondition::failed;
    } else if (const auto date = asked.header("if-unmodified-since")) {
        if (is_older(*date, modified_at_s)) return precondition::failed;
    }
    if (const auto none_match = asked.header("if-none-match")) {
        return lists(*none_match, etag, comparison::weak) ? precondition::not_modified
                                                          : precondition::proceed;
    }
    if (const auto date = asked.header("if-modified-since")) {
        if (is_not_newer(*date, modified_at_s)) return precondition::not_modified;
    }
    return precondition::proceed;
}

bool may_send_range(const http::request& asked, std::string_view etag) {
    const auto condition = asked.header("if-range");
    return !condition || util::without_blanks(*condition) == etag;
}

}  // namespace palabre::site
