// SPDX-License-Identifier: Apache-2.0
#include "site/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace palabre::site {
namespace {

struct opened {
    std::shared_ptr<const http::open_file> file;
    file_stamp stamp;
};

opened open_now(const found_file& found) {
    // O_NONBLOCK: a pipe that took the file's place must not hang us.
    const int descriptor =
        ::open(found.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), found.path);
    auto file = std::make_shared<const http::open_file>(descriptor);
    return {std::move(file), stamp_of(descriptor)};
}

[[noreturn]] void refuse_other(const found_file& found) {
    throw std::system_error(ESTALE, std::generic_category(), found.path);
}

}  // namespace

std::shared_ptr<const http::open_file> open_found(const found_file& found) {
    auto [file, stamp] = open_now(found);
    if (stamp.device != found.stamp.device || stamp.inode != found.stamp.inode) refuse_other(found);
    return file;
}

std::shared_ptr<const http::open_file> open_unchanged(const found_file& found) {
    auto [file, stamp] = open_now(found);
    if (stamp != found.stamp) refuse_other(found);
    return file;
}

std::string read_whole(const http::open_file& file, std::uint64_t size_expected) {
    std::string bytes(size_expected, '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const auto got = ::pread(
            file.descriptor(),
            bytes.data() + filled,
            bytes.size() - filled,
            static_cast<off_t>(filled)
        );
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw std::system_error(errno, std::generic_category(), "read");
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

}  // namespace palabre::site
