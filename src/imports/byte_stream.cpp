// SPDX-License-Identifier: Apache-2.0
#include "imports/byte_stream.hpp"

#include "imports/gunzip_stream.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

namespace palabre::imports {

namespace {

class file_stream : public byte_stream {
public:
    explicit file_stream(const std::filesystem::path& path)
        : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0) fail("cannot open ");
    }
    file_stream(const file_stream&) = delete;
    file_stream& operator=(const file_stream&) = delete;
    ~file_stream() override { ::close(descriptor_); }

    std::size_t read(std::span<char> into) override {
        for (;;) {
            const auto got = ::read(descriptor_, into.data(), into.size());
            if (got >= 0) {
                taken_ += static_cast<std::uint64_t>(got);
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR) fail("cannot read ");
        }
    }

    [[nodiscard]] std::uint64_t bytes_taken() const noexcept override { return taken_; }

private:
    [[noreturn]] void fail(const char* what) const {
        throw std::system_error(errno, std::generic_category(), what + path_.string());
    }

    std::filesystem::path path_;
    int descriptor_;
    std::uint64_t taken_ = 0;
};

class memory_stream : public byte_stream {
public:
    explicit memory_stream(std::string_view bytes) : bytes_(bytes) {}

    std::size_t read(std::span<char> into) override {
        const auto size = std::min(into.size(), bytes_.size() - taken_);
        if (size > 0) std::memcpy(into.data(), bytes_.data() + taken_, size);
        taken_ += size;
        return size;
    }

    [[nodiscard]] std::uint64_t bytes_taken() const noexcept override { return taken_; }

private:
    std::string_view bytes_;
    std::size_t taken_ = 0;
};

}  // namespace

std::unique_ptr<byte_stream> export_input::open() const {
    std::array<char, 2> magic{};
    std::size_t size = 0;
    auto probe = open_raw();
    while (size < magic.size()) {
        const auto got = probe->read(std::span(magic).subspan(size));
        if (got == 0) break;
        size += got;
    }
    if (std::string_view(magic.data(), size) == "\x1f\x8b")
        return std::make_unique<gunzip_stream>(open_raw());
    return open_raw();
}

file_input::file_input(std::filesystem::path path) : path_(std::move(path)) {}

std::uint64_t file_input::size_bytes() const {
    return std::filesystem::file_size(path_);
}

std::unique_ptr<byte_stream> file_input::open_raw() const {
    return std::make_unique<file_stream>(path_);
}

memory_input::memory_input(std::string bytes) : bytes_(std::move(bytes)) {}

std::uint64_t memory_input::size_bytes() const {
    return bytes_.size();
}

std::unique_ptr<byte_stream> memory_input::open_raw() const {
    return std::make_unique<memory_stream>(bytes_);
}

}  // namespace palabre::imports
