// SPDX-License-Identifier: Apache-2.0
#include "util/compress.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <new>

namespace palabre::util {
namespace {

// Brotli 5 and zlib 6 give most of the gain in a tenth of the time of the highest levels.
constexpr int brotli_quick = 5;
constexpr int gzip_quick = 6;
constexpr int gzip_best = 9;

// zlib: window bits plus 16 asks for a gzip header instead of a zlib one.
constexpr int gzip_window = 15 + 16;

}  // namespace

std::string brotli(std::string_view bytes, effort how) {
    std::string out(std::max<std::size_t>(BrotliEncoderMaxCompressedSize(bytes.size()), 64), '\0');
    std::size_t size = out.size();
    const int quality = how == effort::quick ? brotli_quick : BROTLI_MAX_QUALITY;
    const auto done = BrotliEncoderCompress(
        quality,
        BROTLI_DEFAULT_WINDOW,
        BROTLI_MODE_TEXT,
        bytes.size(),
        reinterpret_cast<const std::uint8_t*>(bytes.data()),
        &size,
        reinterpret_cast<std::uint8_t*>(out.data())
    );
    // With room for the worst case, only a lack of memory is left as a cause.
    if (done != BROTLI_TRUE) throw std::bad_alloc();
    out.resize(size);
    return out;
}

std::string gzip(std::string_view bytes, effort how) {
    z_stream stream{};
    const int level = how == effort::quick ? gzip_quick : gzip_best;
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    // zlib never writes to its input; the member is not const for old compilers' sake.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (done != Z_STREAM_END) throw std::bad_alloc();
    return out;
}

}  // namespace palabre::util
