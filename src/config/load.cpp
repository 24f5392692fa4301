// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include "config/loader.hpp"
#include "config/names.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace palabre::config {
namespace {

written value_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return number->get();
    if (const auto* truth = node.as_boolean()) return truth->get();
    const auto* list = node.as_array();
    if (!list) return std::monostate{};
    std::vector<std::string> items;
    for (const auto& item : *list) {
        const auto* text = item.as_string();
        if (!text) return std::monostate{};
        items.push_back(text->get());
    }
    return items;
}

// Fills in what a settings file says.
class file_reader {
public:
    file_reader(loader& into, std::string_view file) : into_(into), file_(file) {
        into_.set_file(file_);
    }

    void read(std::string_view text) {
        toml::table root;
        try {
            root = toml::parse(text, file_);
        } catch (const toml::parse_error& error) {
            complain(error.source(), fmt::format("this is not TOML: {}", error.description()));
            return;
        }
        for (const auto& [name, node] : root) {
            const auto* section = node.as_table();
            if (!section || !is_section(name.str())) {
                const auto what = section ? written_as::section : written_as::value;
                complain(name.source(), unknown_section(name.str(), what));
                continue;
            }
            for (const auto& [key, value] : *section)
                read_value(name.str(), key, value);
        }
    }

private:
    void read_value(std::string_view section, const toml::key& key, const toml::node& value) {
        const auto* known = find_field(section, key.str());
        if (!known) return complain(key.source(), unknown_key(section, key.str()));
        into_.put(*known, value_of(value), at(value.source(), {}));
    }

    problem at(const toml::source_region& where, std::string message) const {
        return {file_, where.begin.line, where.begin.column, std::move(message)};
    }

    void complain(const toml::source_region& where, std::string message) {
        into_.fail(at(where, std::move(message)));
    }

    loader& into_;
    const std::string file_;
};

// Empty, with errno, when the file cannot be read.
std::optional<std::string> read_text(const std::filesystem::path& file) {
    std::string text(file_bytes_max + 1, '\0');
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!in.is_open() || in.bad() || errno != 0) return std::nullopt;
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

}  // namespace

outcome parse(std::string_view text, std::string_view file_name, const environment& variables) {
    loader into;
    file_reader(into, file_name).read(text);
    into.read_environment(variables);
    return into.finish();
}

outcome load(const std::optional<std::filesystem::path>& file, const environment& variables) {
    loader into;
    if (file) {
        const auto text = read_text(*file);
        if (!text) {
            into.fail(
                {file->string(), 0, 0, fmt::format("cannot be read: {}.", std::strerror(errno))}
            );
        } else if (text->size() > file_bytes_max) {
            into.fail({file->string(), 0, 0, "is larger than 1 MiB: this is no settings file."});
        } else {
            file_reader(into, file->string()).read(*text);
        }
        into.set_base(file->has_parent_path() ? file->parent_path() : ".");
    }
    into.read_environment(variables);
    return into.finish();
}

}  // namespace palabre::config
