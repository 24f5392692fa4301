// SPDX-License-Identifier: Apache-2.0
#include "config/endpoint.hpp"
#include "config/suggest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace palabre::config {
namespace {

using namespace std::string_view_literals;

TEST(endpoint, reads_addresses_with_ports) {
    EXPECT_EQ(parse_endpoint("127.0.0.1:8080"), (endpoint{"127.0.0.1", 8080}));
    EXPECT_EQ(parse_endpoint("0.0.0.0:0"), (endpoint{"0.0.0.0", 0}));
    EXPECT_EQ(parse_endpoint("[::1]:65535"), (endpoint{"::1", 65535}));
    EXPECT_EQ(parse_endpoint("localhost:80"), (endpoint{"127.0.0.1", 80}));
    for (const auto text :
         {""sv,
          ":"sv,
          "8080"sv,
          ":8080"sv,
          "*:80"sv,
          "127.0.0.1"sv,
          "127.0.0.1:"sv,
          "127.0.0.1:65536"sv,
          "127.0.0.1:-1"sv,
          "127.0.0.1:80x"sv,
          "127.0.0.1:+8"sv,
          "::1:80"sv,
          "[::1]"sv,
          "[::1:80"sv,
          "[127.0.0.1]:80"sv,
          "[]:80"sv,
          "example.org:80"sv,
          "1.2.3:80"sv,
          "127.0.0.1\0.evil:80"sv,
          "http://127.0.0.1:80"sv}) {
        EXPECT_EQ(parse_endpoint(text), std::nullopt) << text;
    }
}

TEST(suggest, finds_what_was_meant) {
    constexpr std::array known{"threads"sv, "http"sv, "https"sv, "idle_timeout_s"sv, "log"sv};
    EXPECT_EQ(nearest("thread", known), "threads");
    EXPECT_EQ(nearest("theads", known), "threads");
    EXPECT_EQ(nearest("htpt", known), "http");
    EXPECT_EQ(nearest("https", known), "https");
    EXPECT_EQ(nearest("idle_timeout", known), "idle_timeout_s");
    EXPECT_EQ(nearest("lgo", known), "log");
    EXPECT_EQ(nearest("xyz", known), "");
    EXPECT_EQ(nearest("", known), "");
    EXPECT_EQ(nearest(std::string(1'000'000, 't'), known), "");
}

}  // namespace
}  // namespace palabre::config
