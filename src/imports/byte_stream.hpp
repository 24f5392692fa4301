// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace palabre::imports {

// Bytes that come one after the other. Not thread-safe.
class byte_stream {
public:
    virtual ~byte_stream() = default;

    // Fills the beginning of `into` and says how much of it; 0 at the end and only there. Throws
    // std::system_error when the bytes cannot be read, source_error when they are broken.
    virtual std::size_t read(std::span<char> into) = 0;

    // How many bytes were taken so far from where they lie: packed ones, if they are packed.
    [[nodiscard]] virtual std::uint64_t bytes_taken() const noexcept = 0;
};

// Where an export lies. It can be opened again and again, from its beginning.
class export_input {
public:
    virtual ~export_input() = default;
    // Unpacks a gzip'ed export, which is known by its first bytes whatever its name.
    [[nodiscard]] std::unique_ptr<byte_stream> open() const;
    // Of what lies there, packed or not. Throws std::system_error.
    [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;

private:
    [[nodiscard]] virtual std::unique_ptr<byte_stream> open_raw() const = 0;
};

class file_input : public export_input {
public:
    explicit file_input(std::filesystem::path path);
    [[nodiscard]] std::uint64_t size_bytes() const override;

private:
    [[nodiscard]] std::unique_ptr<byte_stream> open_raw() const override;
    std::filesystem::path path_;
};

class memory_input : public export_input {
public:
    explicit memory_input(std::string bytes);
    [[nodiscard]] std::uint64_t size_bytes() const override;

private:
    [[nodiscard]] std::unique_ptr<byte_stream> open_raw() const override;
    std::string bytes_;  // streams read from it in place: they must not outlive this
};

}  // namespace palabre::imports
