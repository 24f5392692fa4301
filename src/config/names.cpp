// SPDX-License-Identifier: Apache-2.0
#include "config/names.hpp"

#include "config/load.hpp"
#include "config/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace palabre::config {
namespace {

std::vector<std::string_view> names_of_sections() {
    std::vector<std::string_view> names;
    for (const auto& known : schema()) {
        if (names.empty() || names.back() != known.section) names.push_back(known.section);
    }
    return names;
}

std::vector<std::string_view> names_of_keys(std::string_view section) {
    std::vector<std::string_view> names;
    for (const auto& known : schema()) {
        if (known.section == section) names.push_back(known.key);
    }
    return names;
}

}  // namespace

std::string name_of(const field& which) {
    return fmt::format("{}.{}", which.section, which.key);
}

std::string variable_of(const field& which) {
    auto name = fmt::format("{}{}_{}", variable_prefix, which.section, which.key);
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    });
    return name;
}

bool is_section(std::string_view name) {
    return std::ranges::count(names_of_sections(), name) > 0;
}

const field* find_field(std::string_view section, std::string_view key) {
    const auto fits = [&](const field& f) { return f.section == section && f.key == key; };
    const auto found = std::ranges::find_if(schema(), fits);
    return found == schema().end() ? nullptr : &*found;
}

std::string unknown_section(std::string_view name, written_as what) {
    if (what == written_as::value) {
        for (const auto& known : schema()) {
            if (known.key == name) return fmt::format("{} belongs in [{}].", name, known.section);
        }
    }
    const auto sections = names_of_sections();
    const auto meant = nearest(name, sections);
    if (!meant.empty() && meant != name) {
        return fmt::format("there is no section [{}]; did you mean [{}]?", name, meant);
    }
    if (meant == name)
        return fmt::format("[{}] is a section: write it once, in single brackets.", name);
    return fmt::format("there is no section [{}]; there are: {}.", name, fmt::join(sections, ", "));
}

std::string unknown_key(std::string_view section, std::string_view key) {
    const auto keys = names_of_keys(section);
    for (const auto& known : schema()) {
        if (known.key == key) return fmt::format("{} belongs in [{}].", key, known.section);
    }
    if (const auto meant = nearest(key, keys); !meant.empty()) {
        return fmt::format("[{}] has no {}; did you mean {}?", section, key, meant);
    }
    return fmt::format("[{}] has no {}; it has: {}.", section, key, fmt::join(keys, ", "));
}

std::string unknown_variable(const std::string& name) {
    std::vector<std::string> names;
    for (const auto& known : schema())
        names.push_back(variable_of(known));
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto meant = nearest(name, views);
    if (!meant.empty()) {
        return fmt::format("there is no setting {}; did you mean {}?", name, meant);
    }
    return fmt::format(
        "there is no setting {}; names are PALABRE_SECTION_KEY, such as {}.", name, names.front()
    );
}

std::string unknown_parameter(std::string_view rest) {
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos || rest.find('/', slash + 1) != std::string_view::npos) {
        return "settings are called section/key, such as moderation/links_max.";
    }
    const auto section = rest.substr(0, slash);
    if (!is_section(section)) return unknown_section(section, written_as::section);
    return unknown_key(section, rest.substr(slash + 1));
}

}  // namespace palabre::config
