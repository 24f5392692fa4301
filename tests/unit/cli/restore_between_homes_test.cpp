// SPDX-License-Identifier: Apache-2.0
// A backup made in one home comes up in the other: by the program itself, against moto.
#include "blob/folder/folder_store.hpp"
#include "contract/records/vocabulary.hpp"
#include "home/function/backup_function.hpp"
#include "store/sqlite/record_writer.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/export_tool.hpp"
#include "support/moto_server.hpp"
#include "support/moto_table.hpp"
#include "support/s3_ground.hpp"
#include "system/system_clock.hpp"
#include "unit/cli/program.hpp"

namespace palabre::test {
namespace {

namespace fs = std::filesystem;
using contract::everything;
using ::testing::HasSubstr;

class homes : public ::testing::Test {
protected:
    homes() {
        here_.write("palabre.toml", "[backup]\nsite = false\n");
        fs::create_directory(here_.path() / "data");
    }
    [[nodiscard]] fs::path database() const { return here_.path() / "data" / "comments.sqlite"; }
    void fill_this_machine() {
        store::record_writer writer(database());
        contract::put_all(everything(), writer);
    }
    outcome palabre(std::vector<std::string> arguments) {
        std::vector<std::string> variables;
        for (const auto& [name, value] : moto().owner())
            variables.push_back(name + "=" + value);
        return run(here_.path(), std::move(arguments), variables);
    }
    contract::all_records records_here() {
        store::sqlite_options options;
        options.file = database();
        store::sqlite_store store(options, clock_);
        return contract::records_of(store);
    }

    const std::string bucket_ = make_bucket();
    temporary_folder here_;
    contract::manual_clock clock_;
    moto_table table_;
};

TEST_F(homes, of_dynamodb_come_up_from_a_backup_of_a_machine) {
    fill_this_machine();
    for (const std::string& place : {"s3://" + bucket_ + "/a", std::string("backups")}) {
        moto_table table;
        EXPECT_EQ(palabre({"backup", "make", "--folder", place}).code, 0);
        const auto restored =
            palabre({"restore", "latest", "--folder", place, "--to", "dynamodb:" + table.name()});
        EXPECT_EQ(restored.code, 0) << restored.complaints;
        EXPECT_THAT(restored.output, HasSubstr(" is a backup of Palabre.\n"));
        EXPECT_EQ(table.records(), everything());
    }
}

TEST_F(homes, of_a_machine_come_up_from_an_export_by_dynamodb) {
    table_.fill(everything());
    const auto url = "s3://" + bucket_ + "/" + table_.export_to(bucket_, "exports");
    const auto verified = palabre({"backup", "verify", url});
    EXPECT_THAT(verified.output, HasSubstr(" is whole: an export by DynamoDB of arn:aws:dynamodb"));
    EXPECT_THAT(verified.output, HasSubstr("7 comments"));
    const auto restored = palabre({"restore", url});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_THAT(restored.output, HasSubstr(" is an export by DynamoDB of arn:aws:dynamodb"));
    EXPECT_EQ(records_here(), everything());
}

TEST_F(homes, of_dynamodb_come_up_from_an_export_in_a_folder) {
    blob::folder_store folder(here_.path() / "exports");
    const std::string name = "AWSDynamoDB/01693685827463-2d8752fd";
    write_export(folder, name, export_lines(everything()));
    const auto restored =
        palabre({"restore", "exports/" + name + "/", "--to", "dynamodb:" + table_.name()});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_EQ(table_.records(), everything());
}

// What the function `backup` made, by two of its calls.
TEST_F(homes, of_a_machine_come_up_from_a_backup_by_the_function) {
    table_.fill(everything());
    s3_ground backups(moto().owner(), bucket_);
    const auto site = new_bucket();
    blob::s3_store site_store(site->bucket(), "");
    put_object(site_store, "notes/index.html", "<p>from S3</p>");
    function::table_exports exports(
        table_.client(), table_.name(), blob::bucket::usual_deadlines()
    );
    const system_clock wall;
    function::invocation_time time;
    function::backup_function function(function::backup_function::parts{
        {backups.bucket(), "p/"},
        function::site_copier::place{site->bucket(), ""},
        exports,
        wall,
        time,
        [](std::string_view sentence) { ADD_FAILURE() << sentence; },
        [](std::string_view) {},
        "palabre test"
    });
    const lambda::invocation event{"request-1", "{}", wall.now().ms + 120'000, ""};
    static_cast<void>(function.answer(event));
    blob::s3_store store(backups.bucket(), "");
    for (const auto& each : store.list("p/")) {
        if (each.name.find("/data/") == std::string::npos) continue;
        write_export_manifests(store, each.name.substr(0, each.name.find("/data/")));
    }
    EXPECT_THAT(function.answer(event), HasSubstr("a backup was completed"));

    const auto place = "s3://" + bucket_ + "/p";
    EXPECT_THAT(palabre({"backup", "list", "--folder", place}).output, HasSubstr("22 items"));
    EXPECT_THAT(
        palabre({"backup", "verify", "latest", "--folder", place}).output,
        HasSubstr(" is whole: a backup by the function of Palabre, of arn:aws:dynamodb")
    );
    here_.write("palabre.toml", "[site]\nfolder = \"site\"\n");
    const auto restored = palabre({"restore", "latest", "--folder", place, "--with-site"});
    EXPECT_EQ(restored.code, 0) << restored.complaints;
    EXPECT_EQ(records_here(), everything());
    EXPECT_EQ(here_.read("site/notes/index.html"), "<p>from S3</p>");

    // A file of the site that is gone, or another, is noticed.
    const auto kept = store.list("p/site-files/").at(0).name;
    put_object(store, kept, "short");
    EXPECT_THAT(
        palabre({"backup", "verify", "latest", "--folder", place}).complaints,
        HasSubstr("notes/index.html of the site is damaged")
    );
    backups.bucket().remove(kept);
    EXPECT_THAT(
        palabre({"restore", "latest", "--folder", place, "--with-site"}).complaints,
        HasSubstr("notes/index.html of the site is missing")
    );
    EXPECT_EQ(here_.read("site/notes/index.html"), "<p>from S3</p>");
}

TEST_F(homes, are_not_touched_by_an_export_that_is_damaged) {
    fill_this_machine();
    blob::folder_store folder(here_.path() / "exports");
    const std::string name = "AWSDynamoDB/01693685827463-2d8752fd";
    write_export(folder, name, export_lines(everything()));
    auto bytes = get_object(folder, name + "/data/b.json.gz");
    bytes[bytes.size() / 2] ^= 1;
    put_object(folder, name + "/data/b.json.gz", bytes);

    const std::vector<std::string> here{"restore", "exports/" + name};
    auto there = here;
    there.insert(there.end(), {"--to", "dynamodb:" + table_.name()});
    for (const auto& arguments : {here, there}) {
        const auto restored = palabre(arguments);
        EXPECT_NE(restored.code, 0);
        EXPECT_THAT(restored.complaints, HasSubstr("was not restored"));
        EXPECT_THAT(restored.complaints, HasSubstr("data/b.json.gz"));
    }
    EXPECT_EQ(records_here(), everything());
    EXPECT_EQ(table_.records(), contract::all_records());
    EXPECT_THAT(
        palabre({"backup", "verify", "exports/" + name}).complaints, HasSubstr("is no good")
    );
}

TEST_F(homes, that_hold_something_are_not_filled) {
    fill_this_machine();
    table_.fill(everything());
    EXPECT_EQ(palabre({"backup", "make", "--folder", "backups"}).code, 0);
    const auto to = [&](const std::string& where) {
        return palabre({"restore", "latest", "--folder", "backups", "--to", where}).complaints;
    };
    EXPECT_THAT(to("dynamodb:" + table_.name()), HasSubstr("is not empty"));
    EXPECT_THAT(to("sqlite:x"), HasSubstr("--to takes dynamodb:TABLE"));
    EXPECT_THAT(to("dynamodb:no-such-table"), HasSubstr("was not restored to no-such-table"));
}

}  // namespace
}  // namespace palabre::test
