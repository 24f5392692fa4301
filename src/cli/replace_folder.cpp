// SPDX-License-Identifier: Apache-2.0
#include "cli/replace_folder.hpp"

#include "util/durable.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace palabre::cli {
namespace {

namespace fs = std::filesystem;

// Files, and the names in all the folders that hold them.
void sync_all_below(const fs::path& folder) {
    for (const auto& each : fs::recursive_directory_iterator(folder)) {
        if (each.is_directory()) util::sync_folder(each.path());
    }
    util::sync_folder(folder);
}

// False when this file system cannot.
bool exchange(const fs::path& one, const fs::path& other) {
    const int code = ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE);
    if (code == 0) return true;
    if (errno == EINVAL || errno == ENOSYS) return false;
    throw std::system_error(errno, std::generic_category(), "cannot replace " + other.string());
}

}  // namespace

void replace_folder(const fs::path& made, const fs::path& living, const fs::path& kept) {
    sync_all_below(made);
    if (!fs::exists(living)) {
        fs::rename(made, living);
    } else if (exchange(made, living)) {
        fs::rename(made, kept);
    } else {
        fs::rename(living, kept);
        fs::rename(made, living);
    }
    util::sync_folder(fs::absolute(living).parent_path());
}

}  // namespace palabre::cli
