// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/assign.hpp"
#include "config/load.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::config {

// What every way of reading settings is made of: collects mistakes while it fills settings in. What
// is read later replaces what was read before.
class loader {
public:
    // Where problems are that have no place of their own.
    void set_file(std::string_view file) { file_ = file; }
    void set_base(std::filesystem::path base) { settings_.base = std::move(base); }

    void fail(problem what) { problems_.push_back(std::move(what)); }

    // A value that stands at `where`, whose message is left empty.
    void put(const field& known, written value, problem where);

    void read_environment(const environment& variables);
    void read_parameters(std::span<const parameter> parameters);

    [[nodiscard]] outcome finish();

private:
    // Remembers where a setting was written, and the problem with it if there is one.
    void note(const field& about, problem where, const std::string& wrong);
    [[nodiscard]] problem place_of(const std::vector<std::string_view>& about) const;

    std::string file_;
    settings settings_;
    std::vector<problem> problems_;
    std::vector<std::string> failed_;
    std::map<std::string, problem> where_;
};

}  // namespace palabre::config
