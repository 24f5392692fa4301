// SPDX-License-Identifier: Apache-2.0
#include "home/function/backup_function.hpp"

#include "blob/s3/s3_store.hpp"
#include "contract/records/vocabulary.hpp"
#include "service/list_backups.hpp"
#include "support/export_tool.hpp"
#include "support/fakes.hpp"
#include "support/moto_table.hpp"
#include "support/s3_ground.hpp"
#include "unit/aws/scripted_server.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>

namespace palabre::function {
namespace {

using test::get_object;
using test::put_object;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::int64_t hour_ms = 60LL * 60 * 1000;

class backup_calls : public ::testing::Test {
protected:
    backup_calls() {
        table_.fill(contract::everything());
        put_object(site_store_, "index.html", "<p>one</p>");
        put_object(site_store_, "notes/a.html", "<p>two</p>");
    }

    // One call, as the schedule makes it. `time_left_ms` is what Lambda gives.
    std::string call(std::int64_t time_left_ms = 60'000) {
        return call_with(
            R"({"source":"aws.scheduler","detail-type":"Scheduled Event","time":")" +
                to_rfc3339(clock_.now()) + "\"}",
            time_left_ms
        );
    }
    std::string finish() { return call_with(R"({"finish":true})", 60'000); }
    std::string call_with(const std::string& event, std::int64_t time_left_ms) {
        backup_function::parts parts{
            {backups_->bucket(), "p/"},
            site_copier::place{site_->bucket(), ""},
            exports(),
            clock_,
            time_,
            [this](std::string_view sentence) { told_ += std::string(sentence) + "\n"; },
            [this](std::string_view lines) { metrics_ = lines; },
            "palabre test"
        };
        backup_function function(parts);
        return function.answer({"request-1", event, clock_.now().ms + time_left_ms, ""});
    }
    virtual table_exports& exports() { return exports_; }

    void export_ends() {
        static_cast<void>(test::complete_exports(backups_->bucket().name(), "p/" + under_way()));
    }
    std::string under_way() {
        const auto state = boost::json::parse(get_object(store_, "state.json"));
        return std::string(state.at("export").at("backup").as_string());
    }
    [[nodiscard]] double metric(std::string_view name) const {
        return boost::json::parse(metrics_).at(name).to_number<double>();
    }
    std::vector<std::string> names() {
        std::vector<std::string> all;
        for (const auto& each : store_.list(""))
            all.push_back(each.name);
        return all;
    }

    std::unique_ptr<test::s3_ground> backups_ = test::new_bucket();
    std::unique_ptr<test::s3_ground> site_ = test::new_bucket();
    blob::s3_store store_{backups_->bucket(), "p/"};
    blob::s3_store site_store_{site_->bucket(), ""};
    test::moto_table table_;
    table_exports exports_{table_.client(), table_.name(), blob::bucket::usual_deadlines()};
    test::fake_clock clock_;
    invocation_time time_;
    std::string told_;
    std::string metrics_;
};

TEST_F(backup_calls, make_a_backup_from_one_to_the_next) {
    EXPECT_THAT(call(), HasSubstr("\"done\":\"an export was asked for\""));
    EXPECT_EQ(metric("BackupAge"), 0);
    EXPECT_THAT(
        list_backups(store_), testing::Each(testing::Property(&listed_backup::is_good, false))
    );
    const auto first = under_way();
    export_ends();
    clock_.advance_ms(24 * hour_ms);

    EXPECT_THAT(call(), HasSubstr("a backup was completed, and the next export was asked for"));
    EXPECT_THAT(told_, IsEmpty());
    EXPECT_NE(under_way(), first);
    const auto all = list_backups(store_);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].name, first);
    ASSERT_TRUE(all[1].exported);
    EXPECT_EQ(all[1].exported->site->count, 2U);
    EXPECT_EQ(all[1].exported->program, "palabre test");
    // 18 records, and 4 items that count.
    EXPECT_EQ(all[1].exported->items, 22U);
}

// So that a backup is good an hour after its moment, and its age is known at any time.
TEST_F(backup_calls, that_only_finish_begin_nothing) {
    EXPECT_THAT(finish(), HasSubstr("\"done\":\"nothing\""));
    EXPECT_THAT(names(), IsEmpty());
    call();
    const auto first = under_way();
    export_ends();
    clock_.advance_ms(hour_ms);
    const auto finished = finish();
    EXPECT_THAT(finished, HasSubstr("\"done\":\"a backup was completed\""));
    EXPECT_THAT(finished, HasSubstr("\"lastGood\":\"" + first + "\""));
    clock_.advance_ms(hour_ms);
    EXPECT_THAT(finish(), HasSubstr("\"done\":\"nothing\""));
    EXPECT_GT(metric("BackupAge"), 0);
    EXPECT_EQ(list_backups(store_).size(), 1U);
    EXPECT_THAT(call_with(R"({"finish":"yes"})", 60'000), HasSubstr("an export was asked for"));
}

TEST_F(backup_calls, that_come_twice_do_no_harm) {
    call();
    const auto first = under_way();
    export_ends();
    clock_.advance_ms(24 * hour_ms);
    call();
    const auto after = names();
    const auto second = under_way();
    export_ends();
    clock_.advance_ms(1000);
    call();
    const auto all = list_backups(store_);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1].name, second);
    EXPECT_TRUE(all[1].exported);
    EXPECT_EQ(all[2].name, first);
    EXPECT_TRUE(all[2].exported);
    // Nothing of before is gone.
    for (const auto& each : after)
        EXPECT_THAT(names(), Contains(each));
}

TEST_F(backup_calls, copy_what_has_changed_of_the_site_and_keep_the_rest) {
    call();
    EXPECT_EQ(metric("SiteFilesCopied"), 2);
    const auto before = store_.list("site-files/");
    export_ends();
    put_object(site_store_, "index.html", "<p>three</p>");
    call();
    EXPECT_EQ(metric("SiteFilesCopied"), 1);
    const auto after = store_.list("site-files/");
    EXPECT_EQ(after.size(), 3U);
    for (const auto& each : before)
        EXPECT_THAT(after, Contains(each));
    std::vector<std::string> texts;
    for (const auto& each : after)
        texts.push_back(get_object(store_, each.name));
    EXPECT_THAT(texts, testing::UnorderedElementsAre("<p>one</p>", "<p>two</p>", "<p>three</p>"));
}

TEST_F(backup_calls, go_on_later_with_what_does_not_fit_into_their_time) {
    call();
    export_ends();
    put_object(site_store_, "new.html", "new");
    EXPECT_THAT(call(12'000), HasSubstr("files of the site are still to be copied"));
    EXPECT_THAT(list_backups(store_).at(0).problem, HasSubstr("manifest.json is missing"));
    EXPECT_THAT(call(), HasSubstr("a backup was completed"));
}

TEST_F(backup_calls, say_how_old_the_last_good_backup_is) {
    call();
    clock_.advance_ms(30 * hour_ms);
    EXPECT_EQ(metric("BackupAge"), 0);
    // Without manifests there is no backup.
    call();
    EXPECT_EQ(metric("BackupAge"), 30);
    EXPECT_EQ(metric("BackupFailures"), 1);
    EXPECT_THAT(told_, HasSubstr("is no backup: manifest-summary.json is missing"));
    const auto meta = boost::json::parse(metrics_).at("_aws").at("CloudWatchMetrics").at(0);
    EXPECT_EQ(meta.at("Namespace"), "Palabre");
    EXPECT_EQ(meta.at("Metrics").as_array().size(), 3U);
}

TEST_F(backup_calls, that_cannot_reach_the_bucket_fail_with_a_metric) {
    backups_ = std::make_unique<test::s3_ground>(
        std::map<std::string, std::string>{
            {"AWS_ENDPOINT_URL", "http://127.0.0.1:9"},
            {"AWS_REGION", "eu-west-3"},
            {"AWS_ACCESS_KEY_ID", "AKID"},
            {"AWS_SECRET_ACCESS_KEY", "secret"}
        },
        "backups"
    );
    EXPECT_THROW(call(), blob_error);
    EXPECT_EQ(metric("BackupFailures"), 1);
    EXPECT_THAT(metrics_, Not(HasSubstr("BackupAge")));
}

TEST_F(backup_calls, leave_out_what_has_no_place_in_a_site) {
    site_->bucket().put("a/../b", "x", 0x8cdc1683U);
    site_->bucket().put("folder/", "", 0);
    call();
    EXPECT_EQ(metric("SiteFilesCopied"), 2);
    EXPECT_THAT(told_, HasSubstr("a/../b of the site is left out"));
}

// What DynamoDB may say, and moto does not.
class backup_calls_with_script : public backup_calls {
protected:
    table_exports& exports() override { return *scripted_; }

    void dynamodb_says(const std::vector<std::pair<std::string, std::string>>& answers) {
        std::vector<test::scripted_server::turn> turns;
        for (const auto& [status, body] : answers) {
            texts_.push_back(fmt::format(
                "HTTP/1.1 {}\r\nContent-Length: {}\r\n\r\n{}", status, body.size(), body
            ));
            turns.push_back({.answer = texts_.back()});
        }
        const std::vector<std::vector<test::scripted_server::turn>> script{turns};
        server_ = std::make_unique<test::scripted_server>(script);
        ground_ = std::make_unique<test::s3_ground>(
            std::map<std::string, std::string>{
                {"AWS_ENDPOINT_URL", "http://127.0.0.1:" + std::to_string(server_->where().port)},
                {"AWS_REGION", "eu-west-3"},
                {"AWS_ACCESS_KEY_ID", "AKID"},
                {"AWS_SECRET_ACCESS_KEY", "secret"}
            },
            "unused"
        );
        scripted_ = std::make_unique<table_exports>(
            ground_->client(), "comments", blob::bucket::usual_deadlines()
        );
    }

    static constexpr const char* table = R"({"Table":{"TableArn":"arn:table"}})";
    static std::string described(std::string_view members) {
        return fmt::format(R"({{"ExportDescription":{{"ExportArn":"arn:1",{}}}}})", members);
    }
    static constexpr const char* in_progress = R"("ExportStatus":"IN_PROGRESS")";

    std::list<std::string> texts_;
    std::unique_ptr<test::scripted_server> server_;
    std::unique_ptr<test::s3_ground> ground_;
    std::unique_ptr<table_exports> scripted_;
};

TEST_F(backup_calls_with_script, wait_for_nothing_while_an_export_is_under_way) {
    dynamodb_says(
        {{"200 OK", table}, {"200 OK", described(in_progress)}, {"200 OK", described(in_progress)}}
    );
    call();
    const auto before = get_object(store_, "state.json");
    EXPECT_THAT(call(), HasSubstr("the export is under way"));
    EXPECT_EQ(get_object(store_, "state.json"), before);
    EXPECT_THAT(server_->heard(), HasSubstr("\"ClientToken\":\"" + under_way() + "\""));
    EXPECT_THAT(server_->heard(), HasSubstr("\"S3Prefix\":\"p/" + under_way() + "\""));
}

TEST_F(backup_calls_with_script, ask_anew_after_an_export_that_failed) {
    dynamodb_says({
        {"200 OK", table},
        {"200 OK", described(in_progress)},
        {"200 OK",
         described(R"("ExportStatus":"FAILED","FailureCode":"S3AccessDenied","FailureMessage":"no")"
         )},
        {"200 OK", table},
        {"200 OK", described(in_progress)},
    });
    call();
    const auto first = under_way();
    clock_.advance_ms(24 * hour_ms);
    EXPECT_THAT(call(), HasSubstr("an export was asked for"));
    EXPECT_NE(under_way(), first);
    EXPECT_EQ(metric("BackupFailures"), 1);
    EXPECT_EQ(metric("BackupAge"), 24);
    EXPECT_THAT(told_, HasSubstr("the export for " + first + " is no backup: S3AccessDenied: no"));
}

TEST_F(backup_calls_with_script, ask_anew_when_the_export_is_forgotten) {
    dynamodb_says({
        {"200 OK", table},
        {"200 OK", described(in_progress)},
        {"400 Bad Request", R"({"__type":"x#ExportNotFoundException"})"},
        {"200 OK", table},
        {"200 OK", described(in_progress)},
    });
    call();
    call();
    EXPECT_THAT(told_, HasSubstr("DynamoDB does not know it any more"));
}

TEST_F(backup_calls_with_script, ask_with_the_same_token_when_an_answer_is_lost) {
    dynamodb_says({
        {"200 OK", table},
        {"500 Internal Server Error", "{}"},
        {"200 OK", described(in_progress)},
    });
    call();
    const auto heard = server_->heard();
    const auto token = "\"ClientToken\":\"" + under_way() + "\"";
    EXPECT_NE(heard.find(token), heard.rfind(token));
}

TEST_F(backup_calls_with_script, say_what_to_do_when_dynamodb_refuses) {
    const auto refusal = [&](const char* code) {
        dynamodb_says({
            {"200 OK", table},
            {"400 Bad Request", fmt::format(R"({{"__type":"x#{}","message":"m"}})", code)},
        });
        try {
            call();
        } catch (const std::exception& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(
        refusal("PointInTimeRecoveryUnavailableException"),
        HasSubstr("switch on point-in-time recovery of the table comments")
    );
    EXPECT_THAT(refusal("AccessDeniedException"), HasSubstr("allow the role of this function"));
    EXPECT_EQ(metric("BackupFailures"), 1);
}

TEST_F(backup_calls_with_script, believe_no_manifest_that_counts_otherwise) {
    dynamodb_says({
        {"200 OK", table},
        {"200 OK", described(in_progress)},
        {"200 OK", described(R"("ExportStatus":"COMPLETED","ItemCount":5)")},
        {"200 OK", table},
        {"200 OK", described(in_progress)},
    });
    call();
    test::write_export(
        store_,
        under_way() + "/AWSDynamoDB/01693685827463-2d8752fd",
        test::export_lines(contract::everything())
    );
    call();
    EXPECT_THAT(told_, HasSubstr("DynamoDB counts 5 items, and its manifest"));
    EXPECT_THAT(names(), Not(Contains(HasSubstr("manifest.json"))));
}

}  // namespace
}  // namespace palabre::function
