// SPDX-License-Identifier: Apache-2.0
#include "doctor/certificate.hpp"

#include "runtime/server/self_signed.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace palabre::doctor {
namespace {

using ::testing::HasSubstr;

class certificate_look : public ::testing::Test {
protected:
    static constexpr std::chrono::system_clock::time_point made_at{std::chrono::days{20'500}};

    [[nodiscard]] std::vector<finding> after_days(int days) const {
        const auto then = made_at + std::chrono::days{days};
        const auto ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(then.time_since_epoch());
        return look_at_certificate(
            files_.certificate_chain, files_.private_key, timestamp{ms.count()}
        );
    }

    test::temporary_folder folder_;
    server::tls_files files_ = server::ensure_self_signed(folder_.path() / "tls", made_at);
};

TEST_F(certificate_look, says_for_how_long_and_for_whom_it_holds) {
    const auto found = after_days(0);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].weight, severity::fine) << found[0].sentence;
    EXPECT_EQ(found[0].sentence, "It holds for 396 more days, for localhost.");
}

TEST_F(certificate_look, sees_the_end_coming_and_gone) {
    EXPECT_EQ(after_days(396 - certificate_days_comfortable)[0].weight, severity::fine);
    EXPECT_EQ(after_days(397 - certificate_days_comfortable)[0].weight, severity::remark);
    EXPECT_EQ(after_days(397)[0].weight, severity::wrong);
    EXPECT_THAT(after_days(397)[0].sentence, HasSubstr("ended 1 days ago"));
}

TEST_F(certificate_look, sees_one_that_does_not_hold_yet) {
    EXPECT_EQ(after_days(-30)[0].weight, severity::wrong);
    EXPECT_THAT(after_days(-30)[0].advice, HasSubstr("clock"));
}

TEST_F(certificate_look, sees_a_key_of_another_certificate) {
    const auto other = server::ensure_self_signed(folder_.path() / "other", made_at);
    files_.private_key = other.private_key;
    const auto found = after_days(0);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[1].weight, severity::wrong);
    EXPECT_THAT(found[1].sentence, HasSubstr("is not the key of"));
}

TEST_F(certificate_look, says_which_file_is_missing_or_broken) {
    std::ofstream(files_.private_key) << "-----BEGIN PRIVATE KEY-----\nnonsense\n";
    EXPECT_THAT(after_days(0)[0].sentence, HasSubstr("localhost.key is no private key"));
    std::filesystem::remove(files_.certificate_chain);
    EXPECT_THAT(after_days(0)[0].sentence, HasSubstr("localhost.crt is no certificate"));
}

}  // namespace
}  // namespace palabre::doctor
