// SPDX-License-Identifier: Apache-2.0
#include "site/unpack.hpp"

#include <brotli/decode.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <memory>
#include <new>

namespace palabre::site {
namespace {

constexpr std::size_t step_bytes = 16 * 1024;
using step = std::array<std::uint8_t, step_bytes>;

// Takes what a step unpacked off the front of what is expected. False when it differs.
bool takes(std::string_view& expected, const step& unpacked, std::size_t bytes) {
    const std::string_view part(reinterpret_cast<const char*>(unpacked.data()), bytes);
    if (!expected.starts_with(part)) return false;
    expected.remove_prefix(bytes);
    return true;
}

}  // namespace

bool gunzips_to(std::string_view packed, std::string_view original) {
    constexpr int gzip_window = 15 + 16;  // zlib: plus 16 asks for a gzip header
    z_stream stream{};
    if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::bad_alloc();
    const std::unique_ptr<z_stream, int (*)(z_stream*)> ender(&stream, inflateEnd);
    // zlib never writes to its input; the member is not const for old compilers' sake.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    step unpacked;
    for (;;) {
        stream.next_out = unpacked.data();
        stream.avail_out = step_bytes;
        const int done = inflate(&stream, Z_NO_FLUSH);
        if (done != Z_OK && done != Z_STREAM_END) return false;
        if (!takes(original, unpacked, step_bytes - stream.avail_out)) return false;
        if (done == Z_STREAM_END) return original.empty() && stream.avail_in == 0;
    }
}

bool unbrotlis_to(std::string_view packed, std::string_view original) {
    const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance
    );
    if (!state) throw std::bad_alloc();
    std::size_t left = packed.size();
    const auto* next = reinterpret_cast<const std::uint8_t*>(packed.data());
    step unpacked;
    for (;;) {
        std::size_t room = step_bytes;
        auto* out = unpacked.data();
        const auto done =
            BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &out, nullptr);
        if (!takes(original, unpacked, step_bytes - room)) return false;
        if (done == BROTLI_DECODER_RESULT_SUCCESS) return original.empty() && left == 0;
        if (done != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return false;
    }
}

}  // namespace palabre::site
