// SPDX-License-Identifier: Apache-2.0
#include "http/query.hpp"

#include "util/hex.hpp"

#include <algorithm>

namespace palabre::http {
namespace {

std::string decode_form(std::string_view text) {
    if (text.find('+') == std::string_view::npos) return percent_decode(text);
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return percent_decode(spaced);
}

}  // namespace

std::string percent_decode(std::string_view text) {
    if (text.find('%') == std::string_view::npos) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size();
        const int high = escape ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low < 0) {
            out.push_back(text[i]);
            continue;
        }
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

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
