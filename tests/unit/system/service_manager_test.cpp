// SPDX-License-Identifier: Apache-2.0
#include "system/service_manager.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

namespace palabre {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

// What systemd is to us: a socket that datagrams arrive at.
class manager : public ::testing::Test {
protected:
    manager() {
        auto name = (std::filesystem::temp_directory_path() / "palabre-notify-XXXXXX").string();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    ~manager() override {
        if (socket_ >= 0) ::close(socket_);
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    // "@" and a name listens in the abstract space.
    void listen_at(const std::string& address) {
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, address.data(), address.size());
        if (address.front() == '@') at.sun_path[0] = '\0';
        const auto size = offsetof(sockaddr_un, sun_path) + address.size();
        ASSERT_EQ(
            ::bind(socket_, reinterpret_cast<const sockaddr*>(&at), static_cast<socklen_t>(size)), 0
        );
    }

    // The datagram that has arrived: sending to a Unix socket is done when it returns.
    [[nodiscard]] std::string heard() const {
        std::array<char, 256> bytes{};
        const auto got = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        return got < 0 ? "nothing" : std::string(bytes.data(), static_cast<std::size_t>(got));
    }

    service_manager told_at(std::string address) {
        return {std::move(address), [this](std::string_view sentence) {
                    complaints_.emplace_back(sentence);
                }};
    }

    std::filesystem::path folder_;
    std::vector<std::string> complaints_;

private:
    int socket_ = -1;
};

TEST_F(manager, hears_how_far_the_program_is) {
    const auto address = (folder_ / "notify").string();
    listen_at(address);
    const auto program = told_at(address);
    EXPECT_EQ(heard(), "nothing");
    program.ready();
    EXPECT_EQ(heard(), "READY=1");
    program.reloading();
    EXPECT_THAT(heard(), MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
    program.ready();
    EXPECT_EQ(heard(), "READY=1");
    program.stopping();
    EXPECT_EQ(heard(), "STOPPING=1");
    EXPECT_THAT(complaints_, IsEmpty());
}

TEST_F(manager, may_listen_in_the_abstract_space) {
    const auto address = "@" + folder_.string();
    listen_at(address);
    told_at(address).ready();
    EXPECT_EQ(heard(), "READY=1");
}

TEST_F(manager, need_not_be_there) {
    const auto program = told_at("");
    program.ready();
    program.stopping();
    EXPECT_THAT(complaints_, IsEmpty());
}

TEST_F(manager, that_has_gone_is_complained_of_and_survived) {
    const auto program = told_at((folder_ / "gone").string());
    program.ready();
    EXPECT_THAT(complaints_, ElementsAre(HasSubstr("gone cannot be told: No such file")));
}

// The longest address that a socket can have is used, one more character is not.
TEST_F(manager, is_not_sought_where_no_socket_can_be) {
    const std::size_t longest = sizeof(sockaddr_un::sun_path) - 1;
    const auto start = (folder_ / "").string();
    const auto address = start + std::string(longest - start.size(), 'n');
    listen_at(address);
    told_at(address).ready();
    EXPECT_EQ(heard(), "READY=1");
    EXPECT_THAT(complaints_, IsEmpty());
    for (const auto& wrong : {address + "n", std::string("relative"), std::string("@")}) {
        complaints_.clear();
        told_at(wrong).ready();
        EXPECT_THAT(complaints_, ElementsAre(HasSubstr("NOTIFY_SOCKET"))) << wrong;
    }
}

TEST(service_manager_address, is_what_the_environment_says) {
    ASSERT_EQ(::setenv("NOTIFY_SOCKET", "/run/systemd/notify", 1), 0);
    EXPECT_EQ(service_manager_address(), "/run/systemd/notify");
    ASSERT_EQ(::unsetenv("NOTIFY_SOCKET"), 0);
    EXPECT_EQ(service_manager_address(), "");
}

}  // namespace
}  // namespace palabre
