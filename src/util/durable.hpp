// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace palabre::util {

// A new file that is to last. Every member throws std::system_error, with the path, when the disk
// refuses.
class durable_file {
public:
    // Makes the file, for its owner's eyes only; it must not be there yet.
    explicit durable_file(const std::filesystem::path& file);
    durable_file(const durable_file&) = delete;
    durable_file& operator=(const durable_file&) = delete;
    ~durable_file();

    void write(std::string_view bytes);

    // On the disk on return; nothing may be written afterwards. Its name lasts only after
    // sync_folder.
    void finish();

private:
    std::filesystem::path path_;
    int descriptor_;
};

// Makes durable which names a folder holds, or what a file holds. Throws std::system_error.
void sync_folder(const std::filesystem::path& folder);
void sync_file(const std::filesystem::path& file);

}  // namespace palabre::util
