// SPDX-License-Identifier: Apache-2.0
#include "system/random_bytes.hpp"

#include "util/random.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace palabre {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file, const std::string& why) {
    throw std::runtime_error(file.string() + ": " + why);
}

void write_whole(const fs::path& file, const std::string& bytes) {
    const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) fail(file, std::generic_category().message(errno));
    errno = ENOSPC;  // what a write that takes only some of the bytes leaves unsaid
    const bool written =
        ::write(made, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        ::fsync(made) == 0;
    const int why = errno;
    ::close(made);
    if (written) return;
    ::unlink(file.c_str());
    fail(file, std::generic_category().message(why));
}

// Written aside and linked, so that nobody sees half of it and the first of two wins.
void make_secret(const fs::path& file) {
    fs::create_directories(file.parent_path());
    const fs::path aside =
        file.string() + "." + std::to_string(::getpid()) + "." + std::to_string(::gettid());
    write_whole(aside, random_bytes(secret_bytes));
    std::error_code taken;
    fs::create_hard_link(aside, file, taken);
    fs::remove(aside);
    if (taken && taken != std::errc::file_exists) fail(file, taken.message());
}

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    util::fill_with_random({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    return bytes;
}

std::string load_or_make_secret(const fs::path& file) {
    if (!fs::exists(file)) make_secret(file);
    std::ifstream in(file, std::ios::binary);
    if (!in) fail(file, "it cannot be read");
    std::string secret{std::istreambuf_iterator<char>(in), {}};
    if (secret.size() != secret_bytes) fail(file, "it is no secret of this program: move it away");
    return secret;
}

}  // namespace palabre
