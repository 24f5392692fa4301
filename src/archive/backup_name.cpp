// SPDX-License-Identifier: Apache-2.0
#include "archive/backup_name.hpp"

namespace palabre::archive {
namespace {

constexpr std::size_t colons[] = {13, 16};

}  // namespace

std::string backup_name(timestamp at) {
    std::string name = to_rfc3339(at);
    for (const auto i : colons)
        name[i] = '-';
    return name;
}

std::optional<timestamp> parse_backup_name(std::string_view name) {
    if (name.size() != to_rfc3339({}).size()) return std::nullopt;
    std::string text(name);
    for (const auto i : colons)
        text[i] = ':';
    const auto at = parse_rfc3339(text);
    if (!at || backup_name(*at) != name) return std::nullopt;
    return at;
}

}  // namespace palabre::archive
