// SPDX-License-Identifier: Apache-2.0
#include "util/compress.hpp"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>

namespace palabre::util {
namespace {

std::string unbrotli(const std::string& packed, std::size_t room) {
    std::string out(room, '\0');
    std::size_t size = room;
    const auto done = BrotliDecoderDecompress(
        packed.size(),
        reinterpret_cast<const std::uint8_t*>(packed.data()),
        &size,
        reinterpret_cast<std::uint8_t*>(out.data())
    );
    EXPECT_EQ(done, BROTLI_DECODER_RESULT_SUCCESS);
    out.resize(size);
    return out;
}

std::string gunzip(std::string packed, std::size_t room) {
    std::string out(room, '\0');
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(compress, gives_back_what_went_in) {
    const std::string inputs[] = {
        "", "é", std::string(100'000, 'x'), std::string("\0\xff\x01", 3), "short"
    };
    for (const std::string& input : inputs) {
        for (const effort how : {effort::quick, effort::best}) {
            EXPECT_EQ(unbrotli(brotli(input, how), input.size() + 1), input);
            EXPECT_EQ(gunzip(gzip(input, how), input.size() + 1), input);
        }
    }
}

TEST(compress, makes_repeated_text_much_smaller) {
    std::string text;
    for (int i = 0; i < 500; ++i)
        text += "un commentaire parmi d'autres, ";
    EXPECT_LT(brotli(text, effort::quick).size() * 20, text.size());
    EXPECT_LT(gzip(text, effort::quick).size() * 20, text.size());
}

}  // namespace
}  // namespace palabre::util
