// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace palabre::config {
namespace {

TEST(config_environment, wins_over_the_file) {
    const auto loaded = parse(
        "[server]\nthreads = 2\nidle_timeout_s = 5\n",
        "palabre.toml",
        {{"PALABRE_SERVER_THREADS", "7"},
         {"PALABRE_SERVER_HTTP", "127.0.0.1:1, [::1]:2"},
         {"PALABRE_SERVER_LOG_ADDRESSES", "true"},
         {"PALABRE_STORE_FOLDER", "/srv/palabre"},
         {"PALABRE_COMMENTS_ALLOWED_ORIGINS", ""},
         {"PALABRE_CONFIG", "elsewhere.toml"}}
    );
    ASSERT_TRUE(loaded) << to_text(loaded.error().front());
    EXPECT_EQ(loaded->server.threads, 7);
    EXPECT_EQ(loaded->server.idle_timeout_s, 5);
    EXPECT_EQ(loaded->server.http, (std::vector<std::string>{"127.0.0.1:1", "[::1]:2"}));
    EXPECT_TRUE(loaded->server.log_addresses);
    EXPECT_EQ(loaded->store.folder, "/srv/palabre");
    EXPECT_TRUE(loaded->comments.allowed_origins.empty());
}

TEST(config_environment, is_told_its_mistakes) {
    struct row {
        std::string name, value, message;
    };
    const row rows[] = {
        {"PALABRE_SERVER_THREAD",
         "1",
         "there is no setting PALABRE_SERVER_THREAD; did you mean PALABRE_SERVER_THREADS?"},
        {"PALABRE_FOO",
         "1",
         "there is no setting PALABRE_FOO; names are PALABRE_SECTION_KEY, such as "
         "PALABRE_SERVER_HTTP."},
        {"PALABRE_SERVER_THREADS",
         "many",
         "PALABRE_SERVER_THREADS cannot be \"many\"; write a whole number from 0 to 1024."},
        {"PALABRE_SERVER_THREADS",
         "",
         "PALABRE_SERVER_THREADS cannot be \"\"; write a whole number from 0 to 1024."},
        {"PALABRE_SERVER_THREADS",
         "-1",
         "PALABRE_SERVER_THREADS cannot be -1; write a whole number from 0 to 1024."},
        {"PALABRE_TLS_SELF_SIGNED",
         "yes",
         "PALABRE_TLS_SELF_SIGNED cannot be \"yes\"; write true or false."},
        {"PALABRE_SERVER_HTTP",
         "example.org:80",
         "PALABRE_SERVER_HTTP cannot be \"example.org:80\"; write an address and a port, such as "
         "\"127.0.0.1:8080\" or \"[::1]:8080\"."},
    };
    for (const auto& [name, value, message] : rows) {
        const auto loaded = load(std::nullopt, {{name, value}});
        ASSERT_FALSE(loaded) << name;
        ASSERT_EQ(loaded.error().size(), 1) << name;
        EXPECT_EQ(loaded.error().front(), (problem{"environment", 0, 0, message}));
    }
}

TEST(config_environment, is_read_from_the_process) {
    ASSERT_EQ(::setenv("PALABRE_CACHE_MEGABYTES", "5", 1), 0);
    const auto variables = environment_of_process();
    ::unsetenv("PALABRE_CACHE_MEGABYTES");
    ASSERT_TRUE(variables.contains("PALABRE_CACHE_MEGABYTES"));
    EXPECT_FALSE(variables.contains("PATH"));
    EXPECT_EQ(load(std::nullopt, variables)->cache.megabytes, 5);
}

}  // namespace
}  // namespace palabre::config
