// SPDX-License-Identifier: Apache-2.0
#include "unit/cli/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class command_line : public ::testing::Test {
protected:
    outcome in_folder(
        std::vector<std::string> arguments, const std::vector<std::string>& variables = {}
    ) {
        return run(here_.path(), std::move(arguments), variables);
    }

    temporary_folder here_;
};

TEST_F(command_line, explains_itself) {
    const auto help = in_folder({"--help"});
    EXPECT_EQ(help.code, 0);
    for (const auto* word :
         {"serve", "import", "config", "Examples:", "PALABRE_CONFIG", "Exit codes"}) {
        EXPECT_THAT(help.output, HasSubstr(word));
    }
    EXPECT_THAT(in_folder({"import", "--help"}).output, HasSubstr("Tools > Export"));
    EXPECT_THAT(in_folder({"serve", "--help"}).output, HasSubstr("SIGHUP"));
    EXPECT_THAT(in_folder({"--version"}).output, StartsWith("palabre "));
}

TEST_F(command_line, refuses_what_it_does_not_know) {
    for (const std::vector<std::string>& wrong :
         {std::vector<std::string>{},
          {"bogus"},
          {"serve", "--bogus"},
          {"config"},
          {"config", "bogus"},
          {"import"},
          {"import", "wordpress"},
          {"import", "blogger", "x.xml"},
          {"import", "disqus", "x.xml", "--progress", "loud"}}) {
        const auto refused = in_folder(wrong);
        EXPECT_EQ(refused.code, 2);
        EXPECT_FALSE(refused.complaints.empty());
        EXPECT_THAT(refused.output, IsEmpty());
    }
}

TEST_F(command_line, shows_settings_that_it_reads_back) {
    const auto shown = in_folder({"config", "show"}, {"PALABRE_SERVER_THREADS=3"});
    EXPECT_EQ(shown.code, 0);
    EXPECT_THAT(shown.output, HasSubstr("threads = 3"));
    here_.write("palabre.toml", shown.output);
    EXPECT_THAT(in_folder({"config", "show"}).output, HasSubstr("threads = 3"));
}

TEST_F(command_line, finds_the_settings_file) {
    here_.write("palabre.toml", "[server]\nthreads = 1\n");
    here_.write("other.toml", "[server]\nthreads = 2\n");
    here_.write("third.toml", "[server]\nthreads = 3\n");
    const std::vector<std::string> named{"PALABRE_CONFIG=other.toml"};
    EXPECT_THAT(in_folder({"config", "show"}).output, HasSubstr("threads = 1"));
    EXPECT_THAT(in_folder({"config", "show"}, named).output, HasSubstr("threads = 2"));
    EXPECT_THAT(
        in_folder({"config", "show", "--config", "third.toml"}, named).output,
        HasSubstr("threads = 3")
    );
}

TEST_F(command_line, tells_every_mistake_in_the_settings) {
    here_.write("palabre.toml", "[server]\nhtp = 1\nthreads = \"x\"\n");
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"config", "check"},
          {"config", "show"},
          {"serve"},
          {"import", "disqus", "x.xml"}}) {
        const auto told = in_folder(command, {"PALABRE_CACH_MEGABYTES=1"});
        EXPECT_EQ(told.code, 2);
        EXPECT_THAT(
            told.complaints, HasSubstr("palabre.toml:2:1: [server] has no htp; did you mean http?")
        );
        EXPECT_THAT(told.complaints, HasSubstr("palabre.toml:3:11: threads"));
        EXPECT_THAT(
            told.complaints, HasSubstr("environment: there is no setting PALABRE_CACH_MEGABYTES")
        );
    }
    EXPECT_FALSE(std::filesystem::exists(here_.path() / "data"));
}

TEST_F(command_line, says_what_will_be_served_where) {
    here_.write("site/index.html", "x");
    here_.write(
        "palabre.toml",
        "[server]\nhttp = \"0.0.0.0:8080\"\nhttps = \"[::1]:8443\"\nredirect_to_https = true\n"
        "[tls]\nself_signed = true\n"
    );
    const auto told = in_folder({"config", "check"});
    EXPECT_EQ(told.code, 0) << told.complaints;
    EXPECT_THAT(told.output, StartsWith("All is well with palabre.toml."));
    EXPECT_THAT(told.output, HasSubstr("https://[::1]:8443/\n"));
    EXPECT_THAT(told.output, HasSubstr("http://localhost:8080/  (sends readers to HTTPS)\n"));
    EXPECT_THAT(told.output, HasSubstr("data/comments.sqlite"));
    EXPECT_FALSE(std::filesystem::exists(here_.path() / "data")) << "a check changes nothing";
}

TEST_F(command_line, looks_at_folders_and_certificates) {
    here_.write("cert.pem", "no certificate");
    here_.write("key.pem", "no key");
    here_.write("file", "x");
    here_.write(
        "palabre.toml",
        "[server]\nhttps = \"127.0.0.1:0\"\n[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n"
        "[site]\nfolder = \"missing\"\n[store]\nfolder = \"file/data\"\n"
    );
    const auto told = in_folder({"config", "check"});
    EXPECT_EQ(told.code, 2);
    EXPECT_THAT(told.complaints, HasSubstr("[site] folder: missing is not a folder."));
    EXPECT_THAT(told.complaints, HasSubstr("cert.pem"));
    EXPECT_THAT(told.complaints, HasSubstr("file is not a folder."));
}

}  // namespace
}  // namespace palabre::test
