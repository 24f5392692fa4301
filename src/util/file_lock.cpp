// SPDX-License-Identifier: Apache-2.0
#include "util/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace palabre::util {
namespace {

int require(int descriptor, const std::filesystem::path& what) {
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot open " + what.string());
    }
    return descriptor;
}

}  // namespace

std::optional<file_lock> file_lock::try_folder(const std::filesystem::path& folder, lock_kind how) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return try_lock(require(opened, folder), how);
}

std::optional<file_lock> file_lock::try_file(const std::filesystem::path& file, lock_kind how) {
    const int opened = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    return try_lock(require(opened, file), how);
}

std::optional<file_lock> file_lock::try_lock(int descriptor, lock_kind how) {
    file_lock made(descriptor);  // closes in any case
    const int operation = how == lock_kind::shared ? LOCK_SH : LOCK_EX;
    int code = -1;
    do {
        code = ::flock(descriptor, operation | LOCK_NB);
    } while (code != 0 && errno == EINTR);
    if (code == 0) return made;
    if (errno == EWOULDBLOCK) return std::nullopt;
    throw std::system_error(errno, std::generic_category(), "cannot lock");
}

file_lock::file_lock(file_lock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

file_lock& file_lock::operator=(file_lock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

file_lock::~file_lock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace palabre::util
