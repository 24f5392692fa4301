// SPDX-License-Identifier: Apache-2.0
#include "http/negotiate.hpp"

#include "util/blanks.hpp"

#include <algorithm>

namespace palabre::http {
namespace {

// Weights in thousandths, so that no float is compared.
constexpr int full_weight = 1000;

bool same_word(std::string_view text, std::string_view lower_case) {
    return std::ranges::equal(text, lower_case, {}, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
}

// "q=0.25" to 250. A weight that cannot be read counts as a refusal: then we send what needs none.
int weight_of(std::string_view parameter) {
    if (parameter.empty()) return full_weight;
    if (parameter.size() < 3 || !same_word(parameter.substr(0, 2), "q=")) return 0;
    const auto text = parameter.substr(2);
    if (text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    int weight = (text[0] - '0') * full_weight;
    if (text.size() > 1 && text[1] != '.') return 0;
    int unit = full_weight / 10;
    for (std::size_t i = 2; i < text.size(); ++i, unit /= 10) {
        if (text[i] < '0' || text[i] > '9') return 0;
        weight += (text[i] - '0') * unit;
    }
    return std::min(weight, full_weight);
}

struct weights {
    std::optional<int> brotli, gzip, identity, others;
};

weights read_weights(std::string_view list) {
    weights read;
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const auto item = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        const auto semicolon = std::min(item.find(';'), item.size());
        const auto name = util::without_blanks(item.substr(0, semicolon));
        const auto rest = util::without_blanks(item.substr(std::min(semicolon + 1, item.size())));
        const int weight = weight_of(rest);
        if (same_word(name, "br")) read.brotli = weight;
        if (same_word(name, "gzip") || same_word(name, "x-gzip")) read.gzip = weight;
        if (same_word(name, "identity")) read.identity = weight;
        if (name == "*") read.others = weight;
    }
    return read;
}

}  // namespace

std::string_view name_of(encoding coding) noexcept {
    switch (coding) {
        case encoding::gzip:
            return "gzip";
        case encoding::brotli:
            return "br";
        case encoding::identity:
            break;
    }
    return "";
}

encoding choose_among(
    std::optional<std::string_view> accept_encoding, available_encodings available
) {
    if (!accept_encoding) return encoding::identity;
    const auto read = read_weights(*accept_encoding);
    const int others = read.others.value_or(0);
    const int brotli = available.brotli ? read.brotli.value_or(others) : 0;
    const int gzip = available.gzip ? read.gzip.value_or(others) : 0;
    // Identity needs no mention to be acceptable, but without one it is a last resort.
    const int identity = read.identity.value_or(1);
    if (brotli > 0 && brotli >= gzip && brotli >= identity) return encoding::brotli;
    if (gzip > 0 && gzip >= identity) return encoding::gzip;
    return encoding::identity;
}

}  // namespace palabre::http
