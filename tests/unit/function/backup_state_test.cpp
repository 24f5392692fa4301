// SPDX-License-Identifier: Apache-2.0
#include "home/function/backup_state.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace palabre::function {
namespace {

TEST(backup_state, is_read_as_it_was_written) {
    backup_state state;
    state.begun_at = {1'700'000'000'123};
    EXPECT_EQ(parse_backup_state(to_json(state)), state);
    state.under_way = {"arn:aws:x", "2026-11-22T17-45-00.123Z"};
    EXPECT_EQ(parse_backup_state(to_json(state)), state);
    state.last_good = {"2026-11-21T17-45-00.123Z", {1'700'000'000'000}};
    EXPECT_EQ(parse_backup_state(to_json(state)), state);
}

TEST(backup_state, of_another_kind_is_refused) {
    for (const char* text :
         {"",
          "{}",
          "[]",
          "{\"version\":2,\"begunAt\":\"2026-11-22T17:45:00.123Z\"}",
          "{\"version\":1,\"begunAt\":\"yesterday\"}",
          "{\"version\":1,\"begunAt\":\"2026-11-22T17:45:00.123Z\",\"export\":{}}"}) {
        EXPECT_THROW(static_cast<void>(parse_backup_state(text)), std::runtime_error) << text;
    }
}

}  // namespace
}  // namespace palabre::function
