// SPDX-License-Identifier: Apache-2.0
#include "config/loader.hpp"

#include "config/consistency.hpp"
#include "config/names.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace palabre::config {
namespace {

constexpr std::string_view environment_name = "environment";

}  // namespace

void loader::put(const field& known, written value, problem where) {
    const auto wrong = assign(known, settings_, std::move(value));
    where.message = fmt::format("{} {}.", known.key, wrong);
    note(known, std::move(where), wrong);
}

void loader::read_environment(const environment& variables) {
    for (const auto& [name, text] : variables) {
        if (name == file_variable || !name.starts_with(variable_prefix)) continue;
        const auto found = std::ranges::find(schema(), name, variable_of);
        if (found == schema().end()) {
            fail({std::string(environment_name), 0, 0, unknown_variable(name)});
            continue;
        }
        const auto wrong = assign_text(*found, settings_, text);
        note(
            *found, {std::string(environment_name), 0, 0, fmt::format("{} {}.", name, wrong)}, wrong
        );
    }
}

void loader::read_parameters(std::span<const parameter> parameters) {
    for (const auto& [name, rest, text] : parameters) {
        const auto slash = std::min(rest.find('/'), rest.size());
        const std::string_view key =
            std::string_view(rest).substr(std::min(slash + 1, rest.size()));
        const auto* found = find_field(std::string_view(rest).substr(0, slash), key);
        if (found == nullptr) {
            fail({name, 0, 0, unknown_parameter(rest)});
            continue;
        }
        const auto wrong = assign_text(*found, settings_, text);
        note(*found, {name, 0, 0, fmt::format("{} {}.", key, wrong)}, wrong);
    }
}

outcome loader::finish() {
    for (const auto& wrong : find_contradictions(settings_)) {
        // One of them is wrong by itself: what follows from it would only confuse.
        const auto failed = [this](std::string_view name) {
            return std::ranges::count(failed_, name) > 0;
        };
        if (std::ranges::any_of(wrong.about, failed)) continue;
        problem found = place_of(wrong.about);
        found.message = wrong.message + ".";
        fail(std::move(found));
    }
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return std::move(settings_);
}

void loader::note(const field& about, problem where, const std::string& wrong) {
    if (!wrong.empty()) {
        problems_.push_back(where);
        failed_.push_back(name_of(about));
    }
    where_[name_of(about)] = std::move(where);
}

problem loader::place_of(const std::vector<std::string_view>& about) const {
    for (const auto name : about) {
        const auto known = where_.find(std::string(name));
        if (known != where_.end()) return known->second;
    }
    return {file_.empty() ? "settings" : file_, 0, 0, {}};
}

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

outcome load(std::span<const parameter> parameters, const environment& variables) {
    loader into;
    into.read_parameters(parameters);
    into.read_environment(variables);
    return into.finish();
}

}  // namespace palabre::config
