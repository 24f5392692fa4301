// SPDX-License-Identifier: Apache-2.0
#include "util/durable.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace palabre::util {
namespace {

[[noreturn]] void fail(const char* doing, const std::filesystem::path& path) {
    throw std::system_error(
        errno, std::generic_category(), std::string("cannot ") + doing + " " + path.string()
    );
}

void sync(const std::filesystem::path& path, int flags) {
    const int opened = ::open(path.c_str(), flags | O_CLOEXEC);
    if (opened < 0) fail("open", path);
    const int code = ::fsync(opened);
    const int error = errno;
    ::close(opened);
    errno = error;
    if (code != 0) fail("make durable", path);
}

}  // namespace

durable_file::durable_file(const std::filesystem::path& file)
    : path_(file),
      descriptor_(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail("make", path_);
}

durable_file::~durable_file() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void durable_file::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            fail("write", path_);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void durable_file::finish() {
    if (::fsync(descriptor_) != 0) fail("make durable", path_);
    const int code = ::close(descriptor_);
    descriptor_ = -1;
    if (code != 0) fail("close", path_);
}

void sync_folder(const std::filesystem::path& folder) {
    sync(folder, O_RDONLY | O_DIRECTORY);
}

void sync_file(const std::filesystem::path& file) {
    sync(file, O_RDONLY);
}

}  // namespace palabre::util
