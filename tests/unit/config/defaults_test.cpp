// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace palabre::config {
namespace {

const std::filesystem::path guide = std::filesystem::path(PALABRE_SOURCE_DIR) / "docs" / "guide";

std::string read(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

TEST(config_defaults, are_those_of_the_example) {
    auto example = load(guide / "palabre.example.toml", {});
    ASSERT_TRUE(example) << to_text(example.error().front());
    EXPECT_EQ(example->base, guide);
    example->base = settings{}.base;
    EXPECT_EQ(*example, settings{});
}

TEST(config_defaults, are_all_named_in_the_example) {
    const auto example = read(guide / "palabre.example.toml");
    ASSERT_FALSE(example.empty());
    // What to_toml writes is the whole of the settings; the example must name each line's value.
    std::istringstream lines(to_toml(settings{}));
    for (std::string line; std::getline(lines, line);) {
        const auto value = line.substr(0, line.find("  # "));
        EXPECT_NE(example.find("\n" + value + "\n"), std::string::npos) << value;
    }
}

TEST(config_defaults, hold_without_file_and_environment) {
    const auto loaded = load(std::nullopt, {});
    ASSERT_TRUE(loaded);
    EXPECT_EQ(*loaded, settings{});
    EXPECT_EQ(loaded->resolve("data"), "data");
    EXPECT_EQ(loaded->resolve("/srv/data"), "/srv/data");
}

TEST(config_defaults, come_back_from_what_is_shown) {
    settings odd;
    odd.server.http = {"0.0.0.0:80", "[::]:80"};
    odd.server.threads = 3;
    odd.server.log_addresses = true;
    odd.site.folder = "a \"quoted\" \\ folder\twith\x01\x7f é";
    odd.comments.allowed_origins = {"https://blog.example"};
    const auto back = parse(to_toml(odd), "shown", {});
    ASSERT_TRUE(back) << to_text(back.error().front());
    EXPECT_EQ(*back, odd);
}

}  // namespace
}  // namespace palabre::config
