// SPDX-License-Identifier: Apache-2.0
// A backup made in one home comes up in the other: by the program itself, against moto.
#include "blob/folder/folder_store.hpp"
#include "contract/records/vocabulary.hpp"
#include "store/sqlite/record_writer.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/export_tool.hpp"
#include "support/moto_server.hpp"
#include "support/moto_table.hpp"
#include "support/s3_ground.hpp"
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
