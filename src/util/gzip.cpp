// SPDX-License-Identifier: Apache-2.0
#include "util/compress.hpp"

#include <zlib.h>

#include <new>

namespace palabre::util {
namespace {

// Zlib 6 gives most of the gain in a tenth of the time of the highest levels.
constexpr int gzip_quick = 6;
constexpr int gzip_best = 9;

// zlib: window bits plus 16 asks for a gzip header instead of a zlib one.
constexpr int gzip_window = 15 + 16;

}  // namespace

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
