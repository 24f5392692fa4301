// SPDX-License-Identifier: Apache-2.0
#include "core/timestamp.hpp"

#include <gtest/gtest.h>

namespace palabre {
namespace {

TEST(timestamp, is_written_with_milliseconds_in_utc) {
    EXPECT_EQ(to_rfc3339({0}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339({1'795'369'500'007}), "2026-11-22T17:45:00.007Z");
    EXPECT_EQ(to_rfc3339({951'782'400'000}), "2000-02-29T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(timestamp_max), "9999-12-31T23:59:59.999Z");
}

TEST(timestamp, is_read_in_every_form_of_the_rfc) {
    const std::pair<const char*, std::int64_t> cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00:00.5Z", 500},
        {"1970-01-01T00:00:00.123456789Z", 123},
        {"1970-01-01t01:00:00z", 3'600'000},
        {"1970-01-01 00:00:00Z", 0},
        {"1970-01-01T02:00:00+02:00", 0},
        {"1969-12-31T22:00:00-02:00", 0},
        {"2000-02-29T00:00:00Z", 951'782'400'000},
        {"1990-12-31T23:59:60Z", 662'687'999'000},
        {"9999-12-31T23:59:59.999Z", timestamp_max.ms},
    };
    for (const auto& [text, ms] : cases) {
        const auto read = parse_rfc3339(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(read->ms, ms) << text;
    }
}

TEST(timestamp, refuses_everything_else) {
    for (const char* text :
         {"",
          "2026",
          "2026-11-22",
          "2026-11-22T17:45:00",
          "2026-11-22T17:45Z",
          "2026-11-22T24:00:00Z",
          "2026-11-22T17:60:00Z",
          "2026-11-22T17:45:61Z",
          "2026-02-29T00:00:00Z",
          "2026-13-01T00:00:00Z",
          "2026-00-01T00:00:00Z",
          "2026-11-22T17:45:00.Z",
          "2026-11-22T17:45:00+0200",
          "2026-11-22T17:45:00+24:00",
          "2026-11-22T17:45:00Z ",
          "+026-11-22T17:45:00Z",
          "1969-12-31T23:59:59Z",
          "9999-12-31T23:59:59-01:00"}) {
        EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
    }
}

TEST(timestamp, survives_writing_and_reading) {
    for (std::int64_t ms = 0; ms < timestamp_max.ms; ms += 7'777'777'777'777) {
        EXPECT_EQ(parse_rfc3339(to_rfc3339({ms})), timestamp{ms});
    }
}

}  // namespace
}  // namespace palabre
