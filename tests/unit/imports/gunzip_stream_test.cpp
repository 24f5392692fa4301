// SPDX-License-Identifier: Apache-2.0
#include "imports/gunzip_stream.hpp"

#include "imports/disqus.hpp"
#include "unit/imports/import_kit.hpp"
#include "util/compress.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using testing::AnyOf;
using testing::HasSubstr;

std::string gzipped(std::string_view bytes) {
    return util::gzip(bytes, util::effort::quick);
}

std::string drain(const std::string& bytes) {
    const imports::memory_input input(bytes);
    const auto stream = input.open();
    std::string out;
    std::array<char, 1'000> piece{};
    while (const auto got = stream->read(piece))
        out.append(piece.data(), got);
    return out;
}

std::string long_text() {
    std::string out;
    for (int i = 0; i < 40'000; ++i)
        out += std::to_string(i * 7919);
    return out;
}

TEST(GunzipStream, UnpacksWhatItsFirstBytesSayIsPacked) {
    EXPECT_EQ(drain(gzipped(long_text())), long_text());
    EXPECT_EQ(drain(long_text()), long_text());
    EXPECT_EQ(drain(""), "");
    EXPECT_EQ(drain(gzipped("")), "");
}

TEST(GunzipStream, UnpacksSeveralMembersInARow) {
    EXPECT_EQ(drain(gzipped("one ") + gzipped("") + gzipped("two")), "one two");
}

TEST(GunzipStream, NoticesAFileThatEndsTooEarly) {
    const auto whole = gzipped(slurp(own_data("disqus.xml")));
    for (std::size_t size = 2; size < whole.size(); ++size) {
        import_bench bench;
        imports::disqus_source source(in_memory(whole.substr(0, size)));
        EXPECT_THAT(
            error_of([&] { bench.run(source); }),
            HasSubstr("the gzip file ends too early, after " + std::to_string(size) + " bytes")
        );
        EXPECT_TRUE(bench.stored().empty());
    }
}

TEST(GunzipStream, NeverTakesADamagedFileForAnother) {
    constexpr std::size_t header = 10;  // its times and flags may change harmlessly
    const std::string text = "The same words again and again and again and again.";
    const auto whole = gzipped(text);
    std::size_t harmless = 0;
    for (std::size_t at = header; at < whole.size(); ++at) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        std::string unpacked;
        const auto error = error_of([&] { unpacked = drain(damaged); });
        if (error.empty()) {
            EXPECT_EQ(unpacked, text) << at;
            ++harmless;
        } else {
            EXPECT_THAT(
                error, AnyOf(HasSubstr("is damaged near byte"), HasSubstr("ends too early"))
            );
        }
    }
    EXPECT_LE(harmless, 1u) << "only the last bits before the checksum are not used";
}

TEST(GunzipStream, ImportsTheSameAsFromThePlainFile) {
    import_bench plain;
    imports::disqus_source plain_source(own_data("disqus.xml"));
    plain.run(plain_source);
    import_bench packed;
    imports::disqus_source packed_source(in_memory(gzipped(slurp(own_data("disqus.xml")))));
    packed.run(packed_source);
    EXPECT_EQ(plain.stored(), packed.stored());
    EXPECT_EQ(packed.stored().size(), 4u);
}

}  // namespace

}  // namespace palabre::test
