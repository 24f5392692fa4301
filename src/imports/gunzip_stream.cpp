// SPDX-License-Identifier: Apache-2.0
#include "imports/gunzip_stream.hpp"

#include "ports/comment_source.hpp"

#include <fmt/format.h>

#include <new>
#include <utility>

namespace palabre::imports {

namespace {

// zlib's way to say "expect a gzip header".
constexpr int gzip_window_bits = 15 + 16;

}  // namespace

gunzip_stream::gunzip_stream(std::unique_ptr<byte_stream> packed) : packed_(std::move(packed)) {
    if (::inflateInit2(&inflater_, gzip_window_bits) != Z_OK) throw std::bad_alloc();
}

gunzip_stream::~gunzip_stream() {
    ::inflateEnd(&inflater_);
}

std::uint64_t gunzip_stream::bytes_taken() const noexcept {
    return packed_->bytes_taken();
}

// False when there are no more packed bytes.
bool gunzip_stream::refill() {
    if (inflater_.avail_in > 0) return true;
    const auto got = packed_->read(buffer_);
    inflater_.next_in = reinterpret_cast<::Bytef*>(buffer_.data());
    inflater_.avail_in = static_cast<::uInt>(got);
    return got > 0;
}

std::size_t gunzip_stream::read(std::span<char> into) {
    inflater_.next_out = reinterpret_cast<::Bytef*>(into.data());
    inflater_.avail_out = static_cast<::uInt>(into.size());
    while (inflater_.avail_out == into.size()) {
        if (!refill()) {
            if (between_members_) return 0;
            throw source_error(fmt::format(
                "the gzip file ends too early, after {} bytes: it was not copied whole; "
                "copy or download it again",
                bytes_taken()
            ));
        }
        if (between_members_) ::inflateReset(&inflater_);
        between_members_ = false;
        const int status = ::inflate(&inflater_, Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            between_members_ = true;
        } else if (status == Z_MEM_ERROR) {
            throw std::bad_alloc();
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            throw source_error(fmt::format(
                "the gzip file is damaged near byte {}: copy or download it again",
                bytes_taken() - inflater_.avail_in
            ));
        }
    }
    return into.size() - inflater_.avail_out;
}

}  // namespace palabre::imports
