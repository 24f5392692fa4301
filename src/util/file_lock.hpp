// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace palabre::util {

enum class lock_kind {
    shared,     // with others who share it
    exclusive,  // alone
};

// A lock between processes, and between objects of one process; given back when this goes, or when
// the process ends in whatever way. It binds only those who ask for it (flock).
class file_lock {
public:
    // On a folder that exists, without leaving anything in it. Empty when somebody else's lock
    // stands against it. Throws std::system_error.
    [[nodiscard]] static std::optional<file_lock> try_folder(
        const std::filesystem::path& folder, lock_kind how
    );

    // On a file that is made for the purpose, and stays. For folders that may stand on another
    // machine: NFS locks files only.
    [[nodiscard]] static std::optional<file_lock> try_file(
        const std::filesystem::path& file, lock_kind how
    );

    file_lock(file_lock&& other) noexcept;
    file_lock& operator=(file_lock&& other) noexcept;
    file_lock(const file_lock&) = delete;
    file_lock& operator=(const file_lock&) = delete;
    ~file_lock();

private:
    explicit file_lock(int descriptor) : descriptor_(descriptor) {}
    [[nodiscard]] static std::optional<file_lock> try_lock(int descriptor, lock_kind how);

    int descriptor_;
};

}  // namespace palabre::util
