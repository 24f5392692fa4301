// SPDX-License-Identifier: Apache-2.0
#include "home/function/settings_source.hpp"

#include "home/function/startup_error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::function {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Systems Manager, as far as a function knows it.
class settings_source_test : public testing::Test {
protected:
    settings_source make() {
        return {{}, "/p/", [this](settings_source::clock::time_point deadline) {
                    ++asked_;
                    deadline_ = deadline;
                    if (away_) throw startup_error("Systems Manager is away");
                    return std::vector<stored_parameter>{
                        {"/p/edit_secret", std::string(32, 's')},
                        {"/p/moderation/links_max", links_},
                    };
                }};
    }
    std::optional<function_settings> again(settings_source& of) {
        return of.again(now_, now_ + hours(1), [this](std::string_view said) {
            told_.emplace_back(said);
        });
    }

    settings_source::clock::time_point now_{hours(5)};
    settings_source::clock::time_point deadline_;
    std::string links_ = "3";
    bool away_ = false;
    int asked_ = 0;
    std::vector<std::string> told_;
};

TEST_F(settings_source_test, are_read_once_and_again_after_a_time) {
    auto source = make();
    EXPECT_EQ(source.first(now_).common.moderation.links_max, 3);
    EXPECT_EQ(deadline_, now_ + settings_source::patience_at_start);
    links_ = "5";
    now_ += settings_source::keep - milliseconds(1);
    EXPECT_FALSE(again(source));
    EXPECT_EQ(asked_, 1);
    now_ += milliseconds(1);
    const auto fresh = again(source).value_or(function_settings());
    EXPECT_EQ(fresh.common.moderation.links_max, 5);
    EXPECT_EQ(deadline_, now_ + settings_source::patience_between);
    EXPECT_FALSE(again(source)) << "not after every event";
    EXPECT_EQ(asked_, 2);
}

TEST_F(settings_source_test, that_did_not_change_are_nothing_new) {
    auto source = make();
    static_cast<void>(source.first(now_));
    now_ += settings_source::keep;
    EXPECT_FALSE(again(source));
    EXPECT_EQ(asked_, 2);
    EXPECT_THAT(told_, testing::IsEmpty());
}

TEST_F(settings_source_test, stay_in_force_while_others_cannot_be_had) {
    auto source = make();
    static_cast<void>(source.first(now_));
    away_ = true;
    now_ += settings_source::keep;
    EXPECT_FALSE(again(source));
    EXPECT_THAT(
        told_, testing::ElementsAre("the settings of before stay in force: Systems Manager is away")
    );
    EXPECT_FALSE(again(source));
    EXPECT_EQ(asked_, 2) << "it is left in peace for a while";
    away_ = false;
    links_ = "wrong";
    now_ += settings_source::keep;
    EXPECT_FALSE(again(source));
    EXPECT_THAT(told_.back(), testing::HasSubstr("links_max cannot be \"wrong\""));
    links_ = "8";
    now_ += settings_source::keep;
    EXPECT_TRUE(again(source));
}

TEST_F(settings_source_test, are_not_asked_for_when_lambda_would_not_wait) {
    auto source = make();
    static_cast<void>(source.first(now_));
    now_ += settings_source::keep;
    EXPECT_FALSE(source.again(now_, now_ - seconds(1), {}));
    EXPECT_EQ(asked_, 1);
    static_cast<void>(source.again(now_, now_ + milliseconds(500), [](auto) {}));
    EXPECT_EQ(asked_, 2);
    EXPECT_EQ(deadline_, now_ + milliseconds(500));
}

TEST_F(settings_source_test, fail_the_start_when_they_cannot_be_had_then) {
    away_ = true;
    auto source = make();
    EXPECT_THROW(static_cast<void>(source.first(now_)), startup_error);
}

TEST_F(settings_source_test, of_the_environment_alone_never_change) {
    settings_source source({{"PALABRE_EDIT_SECRET", std::string(32, 's')}}, {}, {});
    EXPECT_EQ(source.first(now_).common, config::settings());
    now_ += hours(10);
    EXPECT_FALSE(again(source));
}

}  // namespace
}  // namespace palabre::function
