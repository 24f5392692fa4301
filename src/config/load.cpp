// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include "config/assign.hpp"
#include "config/consistency.hpp"
#include "config/suggest.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace palabre::config {
namespace {

constexpr std::string_view variable_prefix = "PALABRE_";
constexpr std::string_view environment_name = "environment";

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

const field* find_field(std::string_view section, std::string_view key) {
    const auto fits = [&](const field& f) { return f.section == section && f.key == key; };
    const auto found = std::ranges::find_if(schema(), fits);
    return found == schema().end() ? nullptr : &*found;
}

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

// Collects mistakes while it fills settings in.
class loader {
public:
    void read_file(std::string_view text, std::string_view file) {
        file_ = file;
        toml::table root;
        try {
            root = toml::parse(text, file);
        } catch (const toml::parse_error& error) {
            complain(error.source(), fmt::format("this is not TOML: {}", error.description()));
            return;
        }
        for (const auto& [name, node] : root) {
            const auto* section = node.as_table();
            if (!section || !std::ranges::count(names_of_sections(), name.str())) {
                complain(name.source(), unknown_section(name.str(), section != nullptr));
                continue;
            }
            for (const auto& [key, value] : *section)
                read_value(name.str(), key, value);
        }
    }

    void read_environment(const environment& variables) {
        for (const auto& [name, text] : variables) {
            if (name == file_variable || !name.starts_with(variable_prefix)) continue;
            const auto found = std::ranges::find(schema(), name, variable_of);
            if (found == schema().end()) {
                problems_.push_back({std::string(environment_name), 0, 0, unknown_variable(name)});
                continue;
            }
            const auto wrong = assign_text(*found, settings_, text);
            note(
                *found,
                {std::string(environment_name), 0, 0, fmt::format("{} {}.", name, wrong)},
                wrong
            );
        }
    }

    outcome finish() {
        for (const auto& wrong : find_contradictions(settings_)) {
            // One of them is wrong by itself: what follows from it would only confuse.
            const auto failed = [this](std::string_view name) {
                return std::ranges::count(failed_, name) > 0;
            };
            if (std::ranges::any_of(wrong.about, failed)) continue;
            problems_.push_back(at_first_written(wrong));
        }
        if (!problems_.empty()) return std::unexpected(std::move(problems_));
        return std::move(settings_);
    }

    void fail(problem what) { problems_.push_back(std::move(what)); }
    void set_base(std::filesystem::path base) { settings_.base = std::move(base); }

private:
    void read_value(std::string_view section, const toml::key& key, const toml::node& value) {
        const auto* known = find_field(section, key.str());
        if (!known) return complain(key.source(), unknown_key(section, key.str()));
        const auto wrong = assign(*known, settings_, value_of(value));
        note(*known, at(value.source(), fmt::format("{} {}.", key.str(), wrong)), wrong);
    }

    // Remembers where a setting was written, and the problem with it if there is one.
    void note(const field& about, problem where, const std::string& wrong) {
        if (!wrong.empty()) {
            problems_.push_back(where);
            failed_.push_back(name_of(about));
        }
        where_[name_of(about)] = std::move(where);
    }

    problem at_first_written(const contradiction& wrong) const {
        problem found{std::string(file_), 0, 0, {}};
        for (const auto name : wrong.about) {
            const auto known = where_.find(std::string(name));
            if (known == where_.end()) continue;
            found = known->second;
            break;
        }
        if (found.file.empty()) found.file = "settings";
        found.message = wrong.message + ".";
        return found;
    }

    static std::string unknown_section(std::string_view name, bool is_table) {
        if (!is_table) {
            for (const auto& known : schema()) {
                if (known.key == name)
                    return fmt::format("{} belongs in [{}].", name, known.section);
            }
        }
        const auto sections = names_of_sections();
        const auto meant = nearest(name, sections);
        if (!meant.empty() && meant != name) {
            return fmt::format("there is no section [{}]; did you mean [{}]?", name, meant);
        }
        if (meant == name)
            return fmt::format("[{}] is a section: write it once, in single brackets.", name);
        return fmt::format(
            "there is no section [{}]; there are: {}.", name, fmt::join(sections, ", ")
        );
    }

    static std::string unknown_key(std::string_view section, std::string_view key) {
        const auto keys = names_of_keys(section);
        for (const auto& known : schema()) {
            if (known.key == key) return fmt::format("{} belongs in [{}].", key, known.section);
        }
        if (const auto meant = nearest(key, keys); !meant.empty()) {
            return fmt::format("[{}] has no {}; did you mean {}?", section, key, meant);
        }
        return fmt::format("[{}] has no {}; it has: {}.", section, key, fmt::join(keys, ", "));
    }

    static std::string unknown_variable(const std::string& name) {
        std::vector<std::string> names;
        for (const auto& known : schema())
            names.push_back(variable_of(known));
        const std::vector<std::string_view> views(names.begin(), names.end());
        const auto meant = nearest(name, views);
        if (!meant.empty()) {
            return fmt::format("there is no setting {}; did you mean {}?", name, meant);
        }
        return fmt::format(
            "there is no setting {}; names are PALABRE_SECTION_KEY, such as {}.",
            name,
            names.front()
        );
    }

    problem at(const toml::source_region& where, std::string message) const {
        return {std::string(file_), where.begin.line, where.begin.column, std::move(message)};
    }

    void complain(const toml::source_region& where, std::string message) {
        problems_.push_back(at(where, std::move(message)));
    }

    std::string file_;
    settings settings_;
    std::vector<problem> problems_;
    std::vector<std::string> failed_;
    std::map<std::string, problem> where_;
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

std::string to_text(const problem& found) {
    if (found.line == 0) return fmt::format("{}: {}", found.file, found.message);
    return fmt::format("{}:{}:{}: {}", found.file, found.line, found.column, found.message);
}

environment environment_of_process() {
    environment found;
    for (char** entry = ::environ; entry && *entry; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (!text.starts_with(variable_prefix) || equals == text.npos) continue;
        found.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return found;
}

outcome parse(std::string_view text, std::string_view file_name, const environment& variables) {
    loader into;
    into.read_file(text, file_name);
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
            into.read_file(*text, file->string());
        }
        into.set_base(file->has_parent_path() ? file->parent_path() : ".");
    }
    into.read_environment(variables);
    return into.finish();
}

}  // namespace palabre::config
