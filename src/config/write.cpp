// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"
#include "config/schema.hpp"

#include <fmt/format.h>

#include <iterator>

namespace palabre::config {
namespace {

// A basic string of TOML.
std::string toml_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.append(1, '\\').append(1, c);
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            fmt::format_to(std::back_inserter(out), "\\u{:04X}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

struct value_writer {
    std::string operator()(const bool* value) const { return *value ? "true" : "false"; }
    std::string operator()(const std::int64_t* value) const { return fmt::format("{}", *value); }
    std::string operator()(const std::string* value) const { return toml_string(*value); }
    std::string operator()(const std::vector<std::string>* value) const {
        std::vector<std::string> items;
        for (const auto& item : *value)
            items.push_back(toml_string(item));
        return fmt::format("[{}]", fmt::join(items, ", "));
    }
};

}  // namespace

std::string to_toml(const settings& shown) {
    auto copy = shown;
    std::string text;
    std::string_view section;
    for (const auto& known : schema()) {
        if (known.section != section) {
            section = known.section;
            text += fmt::format("{}[{}]\n", text.empty() ? "" : "\n", section);
        }
        const auto value = std::visit(value_writer{}, known.of(copy));
        text += fmt::format("{} = {}  # {}\n", known.key, value, known.help);
    }
    return text;
}

}  // namespace palabre::config
