// SPDX-License-Identifier: Apache-2.0
#include "http/query.hpp"

#include "util/percent.hpp"

#include <algorithm>

namespace palabre::http {
namespace {

std::string decode_form(std::string_view text) {
    if (text.find('+') == std::string_view::npos) return util::percent_decode(text);
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return util::percent_decode(spaced);
}

}  // namespace

query::query(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        parameters_.push_back({decode_form(pair.substr(0, equals)), decode_form(value)});
    }
}

std::optional<std::string> query::first(std::string_view name) const {
    const auto found = std::ranges::find(parameters_, name, &parameter::name);
    if (found == parameters_.end()) return std::nullopt;
    return found->value;
}

std::vector<std::string> query::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const parameter& p : parameters_) {
        if (p.name == name) values.push_back(p.value);
    }
    return values;
}

}  // namespace palabre::http
