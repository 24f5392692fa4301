// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contract/comment_store/vocabulary.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace palabre::store {

using test::temporary_folder;

inline std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// A folder, a clock and an observer for tests that open a database more than once.
class sqlite_ground : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "comments.db"; }

    [[nodiscard]] std::unique_ptr<sqlite_store> open() { return open(options()); }
    [[nodiscard]] std::unique_ptr<sqlite_store> open(const sqlite_options& options) {
        return std::make_unique<sqlite_store>(options, clock_);
    }
    [[nodiscard]] sqlite_options options() {
        sqlite_options made;
        made.file = file();
        made.observer = &observer_;
        return made;
    }
    // A plain connection, as another process would have one.
    [[nodiscard]] database plain() {
        return {file(), access::read_write, std::chrono::milliseconds{5000}};
    }

    temporary_folder folder_;
    contract::manual_clock clock_;
    contract::recording_observer observer_;
};

}  // namespace palabre::store
