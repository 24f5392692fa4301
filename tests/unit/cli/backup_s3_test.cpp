// SPDX-License-Identifier: Apache-2.0
// Backups in S3, by the program itself, against moto.
#include "contract/records/vocabulary.hpp"
#include "store/sqlite/record_writer.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/moto_server.hpp"
#include "support/s3_ground.hpp"
#include "unit/cli/program.hpp"

namespace palabre::test {
namespace {

namespace fs = std::filesystem;
using contract::everything;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

constexpr const char* settings = R"([server]
http = ["127.0.0.1:0"]
[metrics]
listen = "off"
[site]
folder = "site"
[backup]
folder = "s3://{}/some/prefix"
)";

class backups_in_s3 : public ::testing::Test {
protected:
    backups_in_s3() {
        std::string text = settings;
        text.replace(text.find("{}"), 2, bucket_);
        here_.write("palabre.toml", text);
        here_.write("site/index.html", "<p>old</p>");
        fs::create_directory(here_.path() / "data");
        store::record_writer writer(database());
        contract::put_all(everything(), writer);
    }

    [[nodiscard]] fs::path database() const { return here_.path() / "data" / "comments.sqlite"; }
    [[nodiscard]] std::string place() const { return "s3://" + bucket_ + "/some/prefix"; }

    static std::vector<std::string> variables(const std::map<std::string, std::string>& of) {
        std::vector<std::string> all;
        for (const auto& [name, value] : of)
            all.push_back(name + "=" + value);
        return all;
    }
    outcome palabre(std::vector<std::string> arguments) {
        return run(here_.path(), std::move(arguments), variables(moto().owner()));
    }
    // The URL of a new backup.
    std::string make() {
        const auto made = palabre({"backup", "make"});
        EXPECT_EQ(made.code, 0) << made.complaints;
        return made.output.substr(0, made.output.find('\n'));
    }
    contract::all_records records() {
        store::sqlite_options options;
        options.file = database();
        store::sqlite_store store(options, clock_);
        return contract::records_of(store);
    }

    const std::string bucket_ = make_bucket();
    temporary_folder here_;
    contract::manual_clock clock_;
};

TEST_F(backups_in_s3, are_made_listed_verified_and_restored) {
    const auto url = make();
    EXPECT_THAT(url, testing::StartsWith(place() + "/2"));
    EXPECT_THAT(palabre({"backup", "list"}).output, HasSubstr(url.substr(place().size() + 1)));
    EXPECT_THAT(palabre({"backup", "verify", "latest"}).output, HasSubstr(" is whole: "));

    fs::remove_all(here_.path() / "data");
    here_.write("site/index.html", "<p>new</p>");
    const auto restored = palabre({"restore", url, "--with-site"});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_EQ(records(), everything());
    EXPECT_EQ(here_.read("site/index.html"), "<p>old</p>");
}

TEST_F(backups_in_s3, go_when_newer_ones_stand_for_them) {
    const auto first = make();
    const auto second = make();
    const auto pruned = palabre({"backup", "prune"});
    EXPECT_THAT(pruned.output, HasSubstr("removed " + first.substr(place().size() + 1)));
    const auto listed = palabre({"backup", "list"}).output;
    EXPECT_THAT(listed, Not(HasSubstr(first.substr(place().size() + 1))));
    EXPECT_THAT(listed, HasSubstr(second.substr(place().size() + 1)));
}

TEST_F(backups_in_s3, that_are_damaged_change_nothing) {
    const auto url = make();
    s3_ground ground(moto().owner(), bucket_);
    const auto key = url.substr(("s3://" + bucket_ + "/").size()) + "/comments.jsonl.zst";
    auto bytes = ground.bucket().get(key, 0, 1'000'000, "")->bytes;
    bytes[bytes.size() / 2] ^= 1;
    ground.bucket().put(key, bytes, 0);
    EXPECT_THAT(
        palabre({"backup", "verify", "latest"}).complaints, HasSubstr("comments.jsonl.zst")
    );
    const auto restored = palabre({"restore", "latest"});
    EXPECT_NE(restored.code, 0);
    EXPECT_THAT(restored.complaints, HasSubstr("was not restored: "));
    EXPECT_THAT(restored.complaints, HasSubstr("comments.jsonl.zst was damaged"));
    EXPECT_EQ(records(), everything());
}

TEST_F(backups_in_s3, are_made_by_a_running_server) {
    program server(here_.path(), {"serve"}, variables(moto().owner()));
    EXPECT_TRUE(server.says(" was made in "));
    EXPECT_THAT(palabre({"backup", "verify", "latest"}).output, HasSubstr(" is whole: "));
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(), 0);
}

TEST_F(backups_in_s3, say_what_stands_in_their_way) {
    const auto of = [&](const std::vector<std::string>& with, std::vector<std::string> arguments) {
        const auto ended = run(here_.path(), std::move(arguments), with);
        EXPECT_NE(ended.code, 0);
        return ended.complaints;
    };
    const auto owner = variables(moto().owner());
    EXPECT_THAT(
        of(owner, {"backup", "make", "--folder", "s3://no-such-bucket"}),
        HasSubstr("there is no bucket no-such-bucket")
    );
    EXPECT_THAT(
        of(variables(moto().stranger()), {"backup", "list"}),
        HasSubstr("access to the bucket " + bucket_ + " is denied")
    );
    EXPECT_THAT(of({}, {"backup", "list"}), HasSubstr("set AWS_REGION"));
    EXPECT_THAT(
        of({"AWS_REGION=eu-west-3", "HOME=/nonexistent"}, {"backup", "list"}),
        HasSubstr("credentials")
    );
    EXPECT_THAT(
        of(owner, {"backup", "list", "--folder", "s3://Bucket/a"}), HasSubstr("write s3://bucket")
    );
    EXPECT_THAT(
        of(owner, {"restore", place() + "/2026-01-01T00-00-00.000Z"}),
        HasSubstr("there is no backup 2026-01-01T00-00-00.000Z in " + place())
    );
}

}  // namespace
}  // namespace palabre::test
