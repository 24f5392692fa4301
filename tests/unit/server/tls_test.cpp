// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/self_signed.hpp"
#include "runtime/server/tls_context.hpp"
#include "unit/server/test_server.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace palabre::testing {
namespace {

using ::testing::HasSubstr;

class tls : public ::testing::Test {
protected:
    tls() {
        std::string pattern = (std::filesystem::temp_directory_path() / "palabre-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        files_ = server::ensure_self_signed(folder_);
    }
    ~tls() override { std::filesystem::remove_all(folder_); }

    test_server::change speaking() {
        return [this](server::options& o) {
            o.endpoints[0].speaks = server::transport::tls;
            o.tls = files_;
        };
    }
    static std::string text_of(const std::filesystem::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    std::filesystem::path folder_;
    server::tls_files files_;
};

TEST_F(tls, speaks_1_2_and_1_3) {
    test_server served(speaking());
    for (const auto& [version, name] :
         {std::pair{TLS1_2_VERSION, "TLSv1.2"}, {TLS1_3_VERSION, "TLSv1.3"}}) {
        raw_client client(served.port(), {version, version});
        ASSERT_TRUE(client.connected());
        EXPECT_EQ(client.tls_version(), name);
        EXPECT_EQ(client.protocol(), "http/1.1");
        EXPECT_EQ(client.ask(get("/now")).body, "now");
        EXPECT_EQ(client.ask(get("/bytes")).body.size(), 4096U);
        EXPECT_THAT(client.ask(get("/echo")).body, HasSubstr("secure=yes"));
    }
}

TEST_F(tls, refuses_1_1_and_plain_text) {
    test_server served(speaking());
    const raw_client old(served.port(), {TLS1_VERSION, TLS1_1_VERSION});
    EXPECT_FALSE(old.connected());
    raw_client plain = served.connect();
    plain.send(get("/now"));
    EXPECT_EQ(plain.receive().status, 0U);
    EXPECT_TRUE(eventually([&] { return served.running.stats().tls_handshake_failures == 2; }));
}

TEST_F(tls, ends_a_handshake_that_stops) {
    test_server served([this](server::options& o) {
        speaking()(o);
        o.times.tls_handshake = std::chrono::milliseconds(50);
    });
    raw_client silent = served.connect();
    EXPECT_TRUE(silent.closed_by_server());
}

TEST_F(tls, says_that_it_closes) {
    test_server served(speaking());
    raw_client client(served.port(), tls_wish{});
    EXPECT_EQ(client.ask("GET /now HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").body, "now");
    EXPECT_TRUE(client.closed_by_server());
}

TEST_F(tls, sends_large_answers) {
    test_server served(speaking());
    const std::filesystem::path file = folder_ / "large";
    std::ofstream(file) << std::string(3'000'000, 'z');
    served.application.file =
        std::make_shared<http::open_file>(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    served.application.file_bytes = 3'000'000;
    raw_client client(served.port(), tls_wish{});
    EXPECT_EQ(client.ask(get("/file")).body, std::string(3'000'000, 'z'));
    EXPECT_EQ(client.ask(get("/now")).body, "now");
}

TEST_F(tls, shows_a_new_certificate_to_new_connections_only) {
    test_server served(speaking());
    raw_client before(served.port(), tls_wish{});
    const auto much_later = std::chrono::system_clock::now() + std::chrono::days(380);
    const std::string old_text = text_of(files_.certificate_chain);
    (void)server::ensure_self_signed(folder_, much_later);
    ASSERT_NE(text_of(files_.certificate_chain), old_text);
    EXPECT_EQ(served.running.reload_certificates(), std::nullopt);
    raw_client after(served.port(), tls_wish{});
    EXPECT_NE(after.certificate_serial(), before.certificate_serial());
    EXPECT_EQ(after.ask(get("/now")).body, "now");
    EXPECT_EQ(before.ask(get("/now")).body, "now");
}

TEST_F(tls, keeps_the_old_certificate_when_the_new_cannot_be_read) {
    test_server served(speaking());
    std::ofstream(files_.certificate_chain) << "not a certificate";
    const auto failed = served.running.reload_certificates();
    ASSERT_TRUE(failed);
    EXPECT_THAT(*failed, HasSubstr("localhost.crt"));
    raw_client client(served.port(), tls_wish{});
    EXPECT_EQ(client.ask(get("/now")).body, "now");
}

TEST_F(tls, refuses_to_start_with_a_key_that_does_not_belong) {
    const server::tls_files other = server::ensure_self_signed(folder_ / "other");
    EXPECT_THROW(
        server::tls_context({files_.certificate_chain, other.private_key}), std::runtime_error
    );
}

TEST_F(tls, self_signed_files_are_private_and_kept_until_they_end_soon) {
    for (const auto& file : {files_.certificate_chain, files_.private_key}) {
        EXPECT_EQ(
            std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
        );
    }
    const std::string made = text_of(files_.private_key);
    const auto now = std::chrono::system_clock::now();
    (void)server::ensure_self_signed(folder_, now + std::chrono::days(365));
    EXPECT_EQ(text_of(files_.private_key), made);
    (void)server::ensure_self_signed(folder_, now + std::chrono::days(368));
    EXPECT_NE(text_of(files_.private_key), made);
}

TEST_F(tls, self_signed_files_that_do_not_match_are_made_anew) {
    const std::string made = text_of(files_.certificate_chain);
    std::ofstream(files_.private_key) << "half written";
    (void)server::ensure_self_signed(folder_);
    EXPECT_NE(text_of(files_.certificate_chain), made);
    EXPECT_NO_THROW(server::tls_context{files_});
}

}  // namespace
}  // namespace palabre::testing
