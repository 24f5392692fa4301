// SPDX-License-Identifier: Apache-2.0
// Not a test: makes a database of so many comments for tools/measure-backup, which prints the
// numbers of docs/decisions/0009-backup.md.
#include "core/comment.hpp"
#include "store/sqlite/record_writer.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

int main(int argc, char** argv) {
    using namespace palabre;
    if (argc != 3) {
        fmt::print(stderr, "usage: measure_backup FILE COMMENTS\n");
        return 2;
    }
    std::mt19937 chance(1);  // NOLINT(bugprone-random-generator-seed): the same each time
    store::record_writer writer(argv[1]);
    const auto count = static_cast<std::uint64_t>(std::atoll(argv[2]));
    for (std::uint64_t number = 0; number < count; ++number) {
        comment c;
        c.at.ms = 1'600'000'000'000 + static_cast<std::int64_t>(number) * 1000;
        std::array<std::uint8_t, 10> entropy{};
        for (auto& byte : entropy)
            byte = static_cast<std::uint8_t>(chance());
        c.id = make_comment_id(c.at, entropy);
        c.section = fmt::format("/blog/{}", number % 1000);
        c.author = fmt::format("Reader {}", chance() % 50'000);
        // Some 250 characters: about what people write under blogs.
        for (int word = 0; word < 45; ++word)
            c.text += fmt::format("{:x} ", chance() % 9'000);
        c.html = "<p>" + c.text + "</p>\n";
        c.renderer = 1;
        writer.put_comment(c);
    }
    writer.finish();
}
