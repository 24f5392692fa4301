// SPDX-License-Identifier: Apache-2.0
#include "config/suggest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace palabre::config {
namespace {

// Longer than any of our names; what is longer is not a slip of one. Keeps the table small for
// names that somebody made up to be huge.
constexpr std::size_t name_bytes_max = 64;

// Edits (change, drop, add, swap of neighbours) from one word to the other: the "optimal string
// alignment" distance, by the usual table of prefixes.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> table(
        a.size() + 1, std::vector<std::size_t>(b.size() + 1)
    );
    for (std::size_t i = 0; i <= a.size(); ++i)
        table[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j)
        table[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            table[i][j] =
                std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
            }
        }
    }
    return table[a.size()][b.size()];
}

}  // namespace

std::string_view nearest(std::string_view written, std::span<const std::string_view> known) {
    if (written.size() > name_bytes_max) return {};
    std::string_view best;
    std::size_t best_distance = name_bytes_max;
    for (const auto name : known) {
        const auto edits = distance(written, name);
        if (edits * 3 > name.size() || edits >= best_distance) continue;
        best = name;
        best_distance = edits;
    }
    return best;
}

}  // namespace palabre::config
