// SPDX-License-Identifier: Apache-2.0
#include "unit/cli/program.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view export_of_two = R"(<?xml version="1.0"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id>a</id><link>https://a.example/blog/post/</link><title>Post</title></thread>
<post dsq:id="2"><message><![CDATA[<p>First</p>]]></message>
<createdAt>2020-01-01T00:00:00Z</createdAt><author><name>Ada</name></author><thread dsq:id="1"/></post>
<post dsq:id="3"><message><![CDATA[<p>Second</p>]]></message>
<createdAt>2020-01-02T00:00:00Z</createdAt><author><name>Bob</name></author><thread dsq:id="1"/>
<parent dsq:id="2"/></post>
</disqus>
)";

class importing : public ::testing::Test {
protected:
    outcome import(const std::string& file, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"import", "disqus", file};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(here_.path(), arguments);
    }

    temporary_folder here_;
};

TEST_F(importing, brings_comments_once) {
    const auto file = here_.write("export.xml", export_of_two);
    const auto first = import(file);
    EXPECT_EQ(first.code, 0) << first.complaints;
    EXPECT_THAT(first.output, HasSubstr("2 added, 0 there already"));
    EXPECT_THAT(first.output, HasSubstr("/blog/post"));
    EXPECT_THAT(first.complaints, IsEmpty()) << "no bar where there is no terminal";
    const auto second = import(file);
    EXPECT_EQ(second.code, 0) << second.complaints;
    EXPECT_THAT(second.output, HasSubstr("0 added, 2 there already"));
}

TEST_F(importing, writes_a_report_for_programs) {
    const auto file = here_.write("export.xml", export_of_two);
    ASSERT_EQ(import(file, {"--json", "report.json"}).code, 0);
    const auto report = boost::json::parse(here_.read("report.json"));
    EXPECT_EQ(report.at("engine").as_string(), "disqus");
    EXPECT_EQ(report.at("added").to_number<int>(), 2);
    const auto& section = report.at("sections").as_array().at(0);
    EXPECT_EQ(section.at("section").as_string(), "/blog/post");
    EXPECT_EQ(section.at("comments").to_number<int>(), 2);
}

TEST_F(importing, shows_progress_in_lines_if_asked) {
    const auto file = here_.write("export.xml", export_of_two);
    const auto plain = import(file, {"--progress", "plain"});
    EXPECT_THAT(plain.complaints, HasSubstr("Checking: "));
    EXPECT_THAT(plain.complaints, HasSubstr("Storing: 100 %\n"));
    EXPECT_EQ(plain.complaints.find('\r'), std::string::npos);
}

TEST_F(importing, refuses_a_broken_export_whole) {
    const auto broken = std::string(export_of_two.substr(0, export_of_two.size() - 20));
    const auto refused = import(here_.write("export.xml", broken));
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(
        refused.complaints,
        AllOf(
            HasSubstr("export.xml cannot be read as an export of disqus: line "),
            HasSubstr("it was not copied whole; export or copy it again.\n")
        )
    );
    EXPECT_THAT(refused.output, IsEmpty());
    EXPECT_THAT(
        import(here_.write("whole.xml", export_of_two)).output,
        HasSubstr("2 added, 0 there already")
    );
}

TEST_F(importing, does_not_tell_to_copy_again_what_is_forbidden) {
    const auto trap = R"(<!DOCTYPE disqus [<!ENTITY x SYSTEM "file:///etc/passwd">]><disqus/>)";
    const auto refused = import(here_.write("export.xml", trap));
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.complaints, HasSubstr("remove the declaration if you trust the file.\n"));
}

TEST_F(importing, says_what_cannot_be_read_or_written) {
    const auto missing = import("missing.xml");
    EXPECT_EQ(missing.code, 1);
    EXPECT_THAT(missing.complaints, HasSubstr("missing.xml cannot be read: No such file"));
    EXPECT_FALSE(std::filesystem::exists(here_.path() / "data"));

    const auto file = here_.write("export.xml", export_of_two);
    const auto no_report = import(file, {"--json", "no/such/folder.json"});
    EXPECT_EQ(no_report.code, 1);
    EXPECT_THAT(no_report.complaints, HasSubstr("no/such/folder.json"));

    here_.write("palabre.toml", "[store]\nfolder = \"export.xml\"\n");
    const auto no_store = import(file);
    EXPECT_EQ(no_store.code, 1);
    EXPECT_THAT(no_store.complaints, HasSubstr("the database cannot be opened"));
}

}  // namespace
}  // namespace palabre::test
