// SPDX-License-Identifier: Apache-2.0
#include "home/function/backup_places.hpp"

#include "home/function/startup_error.hpp"
#include "unit/aws/among.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palabre::function {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(backup_places, come_from_the_environment) {
    const auto both = backup_places_of(aws::among(
        {{"PALABRE_BACKUP_PLACE", "s3://backups/a"}, {"PALABRE_SITE_PLACE", "s3://the-site"}}
    ));
    EXPECT_EQ(both.backups, (blob::s3_place{"backups", "a/"}));
    EXPECT_EQ(both.site, (blob::s3_place{"the-site", ""}));
    EXPECT_FALSE(backup_places_of(aws::among({{"PALABRE_BACKUP_PLACE", "s3://backups"}})).site);
}

TEST(backup_places, that_cannot_be_are_refused_with_a_sentence) {
    const auto refusal = [](std::map<std::string, std::string> set, const char* why) {
        EXPECT_THAT(
            [&] { static_cast<void>(backup_places_of(aws::among(set))); },
            ThrowsMessage<startup_error>(HasSubstr(why))
        );
    };
    refusal({}, "PALABRE_BACKUP_PLACE is not set");
    refusal({{"PALABRE_BACKUP_PLACE", "/var/backups"}}, "PALABRE_BACKUP_PLACE: ");
    refusal(
        {{"PALABRE_BACKUP_PLACE", "s3://backups"}, {"PALABRE_SITE_PLACE", "s3://B"}},
        "PALABRE_SITE_PLACE: "
    );
    refusal(
        {{"PALABRE_BACKUP_PLACE", "s3://same/backups"}, {"PALABRE_SITE_PLACE", "s3://same"}},
        "for everybody to read"
    );
}

}  // namespace
}  // namespace palabre::function
