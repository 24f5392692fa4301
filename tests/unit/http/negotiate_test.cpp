// SPDX-License-Identifier: Apache-2.0
#include "http/negotiate.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string_view>

namespace palabre::http {
namespace {

TEST(negotiate, honours_weights) {
    using enum encoding;
    struct row {
        std::optional<std::string_view> accepted;
        available_encodings available;
        encoding expected;
    };
    constexpr available_encodings both{true, true};
    const row rows[] = {
        {std::nullopt, both, identity},
        {"", both, identity},
        {"gzip, deflate, br, zstd", both, brotli},
        {"gzip, br", {true, false}, gzip},
        {"br", {true, false}, identity},
        {"br;q=0.5, gzip;q=0.8", both, gzip},
        {"br;q=0, gzip;q=0.001", both, gzip},
        {"br;q=0", both, identity},
        {"*", both, brotli},
        {"*;q=0, gzip", both, gzip},
        {"gzip;q=0, *", {true, false}, identity},
        {"identity;q=1, br;q=0.5", both, identity},
        {"identity;q=0, gzip", both, gzip},
        {"BR", both, brotli},
        {"x-gzip", both, gzip},
        {"br;q=oops, gzip", both, gzip},
        {"br;q=1.000", both, brotli},
        {" gzip ; q=0.9 ,, br;Q=0.2", both, gzip},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(choose_among(row.accepted, row.available), row.expected)
            << row.accepted.value_or("(absent)");
    }
}

}  // namespace
}  // namespace palabre::http
