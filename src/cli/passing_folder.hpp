// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace palabre::cli {

// A new folder for files that are needed for a moment, gone with the object. Where temporary files
// are, which an owner chooses by TMPDIR.
class passing_folder {
public:
    passing_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "palabre-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::system_error(errno, std::generic_category(), "a folder for temporary files");
        }
        path_ = name;
    }
    passing_folder(const passing_folder&) = delete;
    passing_folder& operator=(const passing_folder&) = delete;
    ~passing_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace palabre::cli
