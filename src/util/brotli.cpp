// SPDX-License-Identifier: Apache-2.0
#include "util/compress.hpp"

#include <brotli/encode.h>

#include <algorithm>
#include <cstdint>
#include <new>

namespace palabre::util {
namespace {

// Brotli 5 gives most of the gain in a tenth of the time of the highest level.
constexpr int brotli_quick = 5;

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

}  // namespace palabre::util
