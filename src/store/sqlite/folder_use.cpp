// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/folder_use.hpp"

#include "ports/comment_store.hpp"

#include <string>
#include <system_error>

namespace palabre::store {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& file) {
    return fs::absolute(file).parent_path();
}

util::file_lock lock(const fs::path& file, util::lock_kind how, const char* otherwise) {
    try {
        make_folder_of(file);
        if (auto held = util::file_lock::try_folder(folder_of(file), how)) return *std::move(held);
    } catch (const std::system_error& error) {
        throw store_error(file.string() + ": " + error.code().message());
    }
    throw store_error(folder_of(file).string() + otherwise);
}

}  // namespace

void make_folder_of(const fs::path& file) {
    const fs::path folder = file.parent_path();
    if (folder.empty() || fs::exists(folder)) return;
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
}

util::file_lock share_folder_of(const fs::path& file) {
    return lock(
        file,
        util::lock_kind::shared,
        ": a backup is being restored in this folder; try again when that is done"
    );
}

util::file_lock take_folder_of(const fs::path& file) {
    return lock(
        file,
        util::lock_kind::exclusive,
        ": this folder is in use: stop the server, and whatever else of palabre is running "
        "there, and try again"
    );
}

}  // namespace palabre::store
