// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob/folder/folder_store.hpp"
#include "contract/records/vocabulary.hpp"
#include "service/back_up.hpp"
#include "store/memory/memory_store.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>
#include <iterator>
#include <string>

namespace palabre::test {

// A home full of everything, a site of two files, and a folder for backups.
class backup_ground : public ::testing::Test {
protected:
    backup_ground() { contract::put_all(contract::everything(), home_); }

    [[nodiscard]] std::filesystem::path folder() const { return here_.path() / "backups"; }

    [[nodiscard]] std::vector<site_file> site() const {
        write("site/a.html", "<p>é</p>");
        write("site/b/c.css", std::string(100'000, 'c'));
        return {
            {"a.html", here_.path() / "site/a.html"}, {"b/c.css", here_.path() / "site/b/c.css"}
        };
    }

    made_backup make(const std::stop_token& stop = {}) {
        return back_up({home_, "[site]\n", site(), "palabre test"}, place_, clock_, stop);
    }

    // Where the files of a backup are.
    [[nodiscard]] std::vector<std::filesystem::path> files_of(const std::string& name) const {
        std::vector<std::filesystem::path> all;
        for (const auto& each : std::filesystem::directory_iterator(folder() / name))
            all.push_back(each.path());
        return all;
    }

    void write(const std::string& name, std::string_view content) const {
        const auto file = here_.path() / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << content;
    }

    static std::string read(const std::filesystem::path& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    temporary_folder here_;
    contract::manual_clock clock_;
    store::memory_store home_{clock_};
    blob::folder_store place_{here_.path() / "backups"};
};

}  // namespace palabre::test
