// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace palabre::config {
namespace {

std::string all_of(const std::vector<problem>& problems) {
    std::string text;
    for (const auto& one : problems)
        text += to_text(one) + "\n";
    return text;
}

std::string mistakes_in(std::string_view text) {
    const auto loaded = parse(text, "p.toml", {});
    return loaded ? "(none)\n" : all_of(loaded.error());
}

TEST(config_mistakes, are_told_with_line_and_column) {
    struct row {
        std::string_view text, expected;
    };
    const row rows[] = {
        {"[server]\nhtp = \"127.0.0.1:80\"\n",
         "p.toml:2:1: [server] has no htp; did you mean http?\n"},
        {"[servre]\n", "p.toml:1:2: there is no section [servre]; did you mean [server]?\n"},
        {"[database]\n",
         "p.toml:1:2: there is no section [database]; there are: server, tls, site, comments, "
         "posting, moderation, limits, store, cache, metrics, log, backup.\n"},
        {"threads = 2\n", "p.toml:1:1: threads belongs in [server].\n"},
        {"[site]\nthreads = 2\n", "p.toml:2:1: threads belongs in [server].\n"},
        {"server = 2\n", "p.toml:1:1: [server] is a section: write it once, in single brackets.\n"},
        {"[[server]]\n", "p.toml:1:3: [server] is a section: write it once, in single brackets.\n"},
        {"[cache]\nsize = 2\n", "p.toml:2:1: [cache] has no size; it has: megabytes.\n"},
        {"[server]\n\n  threads = \"two\"\n",
         "p.toml:3:13: threads has a value of another kind; write a whole number from 0 to 1024, "
         "without quotes.\n"},
        {"[server]\nthreads = 2000\n",
         "p.toml:2:11: threads cannot be 2000; write a whole number from 0 to 1024.\n"},
        {"[server]\nidle_timeout_s = 0\n",
         "p.toml:2:18: idle_timeout_s cannot be 0; write a whole number from 1 to 3600.\n"},
        {"[server]\nidle_timeout_s = 1.5\n",
         "p.toml:2:18: idle_timeout_s has a value of another kind; write a whole number from 1 to "
         "3600, without quotes.\n"},
        {"[server]\nlog_addresses = \"true\"\n",
         "p.toml:2:17: log_addresses has a value of another kind; write true or false, without "
         "quotes.\n"},
        {"[server]\nhttp = 8080\n",
         "p.toml:2:8: http has a value of another kind; write an address and a port, such as "
         "\"127.0.0.1:8080\" or \"[::1]:8080\", in quotes, or a list of such: [\"…\", \"…\"].\n"},
        {"[server]\nhttp = [\"127.0.0.1:1\", 2]\n",
         "p.toml:2:8: http has a value of another kind; write an address and a port, such as "
         "\"127.0.0.1:8080\" or \"[::1]:8080\", in quotes, or a list of such: [\"…\", \"…\"].\n"},
        {"[server]\nhttp = \"localhost\"\n",
         "p.toml:2:8: http cannot be \"localhost\"; write an address and a port, such as "
         "\"127.0.0.1:8080\" or \"[::1]:8080\".\n"},
        {"[comments]\nallowed_origins = [\"https://a.example\", \"https://b.example/\"]\n",
         "p.toml:2:19: allowed_origins cannot be \"https://b.example/\"; write scheme and host as "
         "browsers send them, such as \"https://blog.example\", without a path.\n"},
        {"[comments]\nallowed_origins = \"*\"\n",
         "p.toml:2:19: allowed_origins cannot be \"*\"; write scheme and host as browsers send "
         "them, "
         "such as \"https://blog.example\", without a path.\n"},
        {"[site]\ncontent_security_policy = \"a\\r\\nb: c\"\n",
         "p.toml:2:27: content_security_policy cannot be \"a\r\nb: c\"; write \"default\", "
         "\"none\", "
         "or a policy in one line of ASCII.\n"},
        {"[server]\ntrusted_proxies = [\"127.0.0.1\", \"10.1.2.3/8\"]\n",
         "p.toml:2:19: trusted_proxies cannot be \"10.1.2.3/8\"; write an address, or a range that "
         "begins with its first address, such as \"127.0.0.1\", \"10.0.0.0/8\" or "
         "\"2001:db8::/32\".\n"},
        {"[server]\nforwarded_header = \"x-real-ip\"\n",
         "p.toml:2:20: forwarded_header cannot be \"x-real-ip\"; write \"x-forwarded-for\" or "
         "\"forwarded\".\n"},
        {"[limits]\nrequests_per_second = -1\n",
         "p.toml:2:23: requests_per_second cannot be -1; write a whole number from 0 to "
         "1000000.\n"},
        {"[limits]\nposts_burst = 0\n",
         "p.toml:2:15: posts_burst cannot be 0; write a whole number from 1 to 1000000.\n"},
        {"[store]\nfolder = \"\"\n", "p.toml:2:10: folder cannot be \"\"; write a path.\n"},
        {"[server]\nthreads = {a = 1}\n",
         "p.toml:2:11: threads has a value of another kind; write a whole number from 0 to 1024, "
         "without quotes.\n"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(mistakes_in(row.text), row.expected) << row.text;
    }
}

TEST(config_mistakes, about_the_store_are_told) {
    EXPECT_EQ(
        mistakes_in("[store]\nkind = \"mysql\"\n"),
        "p.toml:2:8: kind cannot be \"mysql\"; write \"sqlite\" or \"dynamodb\".\n"
    );
    EXPECT_EQ(
        mistakes_in("[store]\ntable = \"a/b\"\n"),
        "p.toml:2:9: table cannot be \"a/b\"; write 3 to 255 letters, digits, '_', '-' and '.'.\n"
    );
    EXPECT_EQ(mistakes_in("[store]\ntable = \"abc\"\n"), "(none)\n");
    EXPECT_EQ(mistakes_in("[store]\ntable = \"" + std::string(255, 'a') + "\"\n"), "(none)\n");
    EXPECT_NE(mistakes_in("[store]\ntable = \"" + std::string(256, 'a') + "\"\n"), "(none)\n");
    EXPECT_NE(mistakes_in("[store]\ntable = \"ab\"\n"), "(none)\n");
}

TEST(config_mistakes, of_toml_itself_are_told) {
    const auto told = mistakes_in("[server]\nhttp = \"127\n");
    EXPECT_EQ(told.substr(0, 8), "p.toml:2") << told;
    EXPECT_NE(told.find("this is not TOML"), std::string::npos) << told;
    EXPECT_NE(mistakes_in("[server]\nthreads = 1\nthreads = 2\n"), "(none)\n");
    EXPECT_NE(mistakes_in("\xff\xfe"), "(none)\n");
}

TEST(config_mistakes, are_told_all_at_once) {
    const auto loaded = parse(
        "[server]\nthread = 1\nidle_timeout_s = 0\n[sit]\n",
        "p.toml",
        {{"PALABRE_CACHE_MEGABYTE", "1"}}
    );
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().size(), 4) << all_of(loaded.error());
}

TEST(config_mistakes, of_several_settings_together_are_told) {
    struct row {
        std::string_view text, expected;
    };
    const row rows[] = {
        {"[server]\nhttps = \"127.0.0.1:1\"\n",
         "p.toml:2:9: https needs a certificate: set certificate and key in [tls], or self_signed "
         "= "
         "true to try it on this machine.\n"},
        {"[server]\nhttp = []\n",
         "p.toml:2:8: there is nowhere to listen: set http or https in [server].\n"},
        {"[server]\nhttps = \"127.0.0.1:0\"\nredirect_to_https = true\n[tls]\nself_signed = true\n",
         "p.toml:3:21: redirect_to_https needs to know the port of https: write one instead of 0.\n"
        },
        {"[server]\nredirect_to_https = true\n",
         "p.toml:2:21: redirect_to_https needs https in [server] to send readers to.\n"},
        {"[tls]\ncertificate = \"a.pem\"\n",
         "p.toml:2:15: certificate and key go together: set both, or neither.\n"},
        {"[tls]\nkey = \"a.pem\"\n",
         "p.toml:2:7: certificate and key go together: set both, or neither.\n"},
        {"[tls]\ncertificate = \"a\"\nkey = \"b\"\nself_signed = true\n",
         "p.toml:4:15: self_signed makes a certificate of its own: set it to false, or leave out "
         "certificate and key.\n"},
        {"[comments]\npage_default = 200\n",
         "p.toml:2:16: page_default is 200 and page_max only 100: raise one or lower the other.\n"},
        {"[comments]\npage_max = 10\n",
         "p.toml:2:12: page_default is 20 and page_max only 10: raise one or lower the other.\n"},
        {"[comments]\ntext_characters = 20000\n",
         "p.toml:2:19: a comment of 20000 characters may need 118 kB: raise max_body_kb in "
         "[server] "
         "to that, or lower text_characters.\n"},
        {"[backup]\nfolder = \"site/backups\"\n",
         "p.toml:2:10: backups in the folder of the site would be there for everybody to read: "
         "keep them elsewhere.\n"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(mistakes_in(row.text), row.expected) << row.text;
    }
    EXPECT_EQ(
        mistakes_in("[server]\nhttps = \"127.0.0.1:1\"\n[tls]\nself_signed = true\n"), "(none)\n"
    );
}

TEST(config_mistakes, do_not_breed_others) {
    EXPECT_EQ(
        mistakes_in("[server]\nhttps = \"x\"\nredirect_to_https = true\n"),
        "p.toml:2:9: https cannot be \"x\"; write an address and a port, such as "
        "\"127.0.0.1:8080\" or "
        "\"[::1]:8080\".\n"
    );
}

TEST(config_mistakes, never_repeat_a_whole_file) {
    const std::string huge(100'000, 'x');
    EXPECT_LT(mistakes_in("[server]\nhttp = \"" + huge + "\"\n").size(), 300);
}

TEST(config_mistakes, of_the_file_itself_are_told) {
    const auto missing = load("no/such/palabre.toml", {});
    ASSERT_FALSE(missing);
    EXPECT_EQ(
        to_text(missing.error().front()),
        "no/such/palabre.toml: cannot be read: No such file or directory."
    );
    const auto folder = load(std::filesystem::temp_directory_path(), {});
    ASSERT_FALSE(folder);
    EXPECT_NE(to_text(folder.error().front()).find("Is a directory"), std::string::npos);
}

TEST(config_mistakes, a_huge_file_is_refused) {
    const auto file = std::filesystem::temp_directory_path() / "palabre-config-huge.toml";
    std::ofstream(file) << std::string(file_bytes_max, '\n');
    EXPECT_TRUE(load(file, {}));
    std::ofstream(file) << std::string(file_bytes_max + 1, '\n');
    const auto refused = load(file, {});
    std::filesystem::remove(file);
    ASSERT_FALSE(refused);
    EXPECT_NE(to_text(refused.error().front()).find("larger than 1 MiB"), std::string::npos);
}

}  // namespace
}  // namespace palabre::config
