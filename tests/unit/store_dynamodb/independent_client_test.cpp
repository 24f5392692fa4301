// SPDX-License-Identifier: Apache-2.0
#include "contract/records/vocabulary.hpp"
#include "support/dynamodb_local.hpp"
#include "unit/store_dynamodb/dynamodb_ground.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>

namespace palabre::contract {
namespace {

// What a command prints. Empty when it fails: its complaints stand in the log of the test.
std::string output_of(const std::string& command) {
    std::FILE* const from = ::popen(command.c_str(), "r");
    if (from == nullptr) return {};
    std::string all;
    std::array<char, 4096> some{};
    while (const auto got = std::fread(some.data(), 1, some.size(), from))
        all.append(some.data(), got);
    return ::pclose(from) == 0 ? all : std::string();
}

// The distribution's Python: another one in PATH lacks the package python3-boto3.
TEST(an_independent_client, reads_what_we_wrote_and_writes_what_we_read) {
    const manual_clock clock;
    test::dynamodb_ground ground;
    store::dynamodb_store store(ground.client(), clock, ground.options());
    auto odd = a_comment(2);
    odd.text = std::string("\"q\" \\ \n\t\x01\x7f é 😀") + '\0' + "end";
    store.add_missing(std::vector{a_comment(1), odd, held(a_comment(3))});

    const auto where = test::dynamodb_local::shared().where();
    const auto printed = output_of(
        "/usr/bin/python3 " PALABRE_SOURCE_DIR
        "/tests/unit/store_dynamodb/independent_client.py "
        "http://127.0.0.1:" +
        std::to_string(where.port) + " " + ground.table() + " projets"
    );
    ASSERT_NE(printed, "") << "is the package python3-boto3 installed?";
    const boost::json::value expected{
        {"Zoé", odd.text, "2020-09-13T12:26:42.000Z"},
        {"Zoé", "comment 1", "2020-09-13T12:26:41.000Z"},
    };
    EXPECT_EQ(boost::json::parse(printed), expected) << printed;

    const auto shown = store.list({usual_section, std::nullopt, 10});
    ASSERT_EQ(numbers(shown.comments), (std::vector<std::uint32_t>{255, 2, 1}));
    EXPECT_EQ(shown.comments[0].author, "boto3");
    EXPECT_EQ(store.list({usual_section, std::nullopt, 1}).total, 3U);
    // It made no HTML: whoever renders anew finds it.
    const auto stale = store.list_rendered_by_others(1, std::nullopt, 10);
    ASSERT_EQ(numbers(stale), std::vector<std::uint32_t>{255});
    auto fresh = stale;
    fresh[0].html = "<p>written by <em>another</em> client</p>\n";
    fresh[0].renderer = 1;
    store.replace_html(fresh);
    EXPECT_EQ(store.find(id_of(255)), fresh[0]);
}

}  // namespace
}  // namespace palabre::contract
