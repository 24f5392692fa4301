// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imports/byte_stream.hpp"

#include <zlib.h>

#include <array>
#include <memory>

namespace palabre::imports {

// Unpacks gzip (RFC 1952), several members in a row too. read() throws source_error when the
// packed bytes are damaged or end too early.
class gunzip_stream : public byte_stream {
public:
    explicit gunzip_stream(std::unique_ptr<byte_stream> packed);
    gunzip_stream(const gunzip_stream&) = delete;
    gunzip_stream& operator=(const gunzip_stream&) = delete;
    ~gunzip_stream() override;

    std::size_t read(std::span<char> into) override;
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept override;

private:
    [[nodiscard]] bool refill();

    std::unique_ptr<byte_stream> packed_;
    std::array<char, 64 * 1024> buffer_{};
    ::z_stream inflater_{};
    bool between_members_ = false;
};

}  // namespace palabre::imports
