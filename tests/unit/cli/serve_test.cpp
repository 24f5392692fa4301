// SPDX-License-Identifier: Apache-2.0
#include "unit/cli/program.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <optional>

namespace palabre::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// A loopback port that somebody else has.
class taken_port {
public:
    taken_port() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(socket_, generic, size), 0);
        EXPECT_EQ(::listen(socket_, 1), 0);
        EXPECT_EQ(::getsockname(socket_, generic, &size), 0);
        number_ = ntohs(address.sin_port);
    }
    taken_port(const taken_port&) = delete;
    taken_port& operator=(const taken_port&) = delete;
    ~taken_port() { ::close(socket_); }
    [[nodiscard]] std::string text() const { return "127.0.0.1:" + std::to_string(number_); }

private:
    int socket_;
    int number_ = 0;
};

// Where systemd would listen.
class notify_socket {
public:
    explicit notify_socket(const std::filesystem::path& at)
        : address_(at.string()), socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        address_.copy(name.sun_path, sizeof name.sun_path - 1);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&name), sizeof name), 0);
    }
    notify_socket(const notify_socket&) = delete;
    notify_socket& operator=(const notify_socket&) = delete;
    ~notify_socket() { ::close(socket_); }

    [[nodiscard]] const std::string& address() const { return address_; }

    // Waits for the next state.
    [[nodiscard]] std::string hear() const {
        constexpr int patience_ms = 60'000;
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) <= 0) return "nothing";
        std::array<char, 256> bytes{};
        const auto got = ::recv(socket_, bytes.data(), bytes.size(), 0);
        return got < 0 ? "nothing" : std::string(bytes.data(), static_cast<std::size_t>(got));
    }

private:
    std::string address_;
    int socket_;
};

std::uint16_t port_in(const std::string& greeting) {
    constexpr std::string_view before = "http://127.0.0.1:";
    const auto found = greeting.find(before);
    EXPECT_NE(found, std::string::npos);
    return static_cast<std::uint16_t>(std::stoi(greeting.substr(found + before.size())));
}

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return socket;
}

class serving : public ::testing::Test {
protected:
    serving() { here_.write("site/index.html", "<h1>home</h1>"); }

    void settings(const std::string& more, const std::string& http = "127.0.0.1:0") {
        here_.write(
            "palabre.toml",
            "[server]\nhttp = \"" + http +
                "\"\nthreads = 1\n[metrics]\nlisten = \"127.0.0.1:0\"\n" + more
        );
    }

    program& start() {
        running_.emplace(here_.path(), std::vector<std::string>{"serve"});
        EXPECT_TRUE(running_->says("reload")) << running_->complaints();
        return *running_;
    }

    outcome refused() { return run(here_.path(), {"serve"}); }

    temporary_folder here_;
    std::optional<program> running_;
};

TEST_F(serving, says_where_and_stops_when_told) {
    settings("");
    auto& running = start();
    for (const auto* text :
         {"http://127.0.0.1:", "/metrics\n", "(1 file,", "data", "palabre.toml", "Ctrl-C"}) {
        EXPECT_THAT(running.complaints(), HasSubstr(text));
    }
    running.signal(SIGTERM);
    EXPECT_EQ(running.wait(), 0);
    EXPECT_TRUE(std::filesystem::exists(here_.path() / "data" / "comments.sqlite"));
}

TEST_F(serving, stops_on_ctrl_c_too) {
    settings("");
    auto& running = start();
    running.signal(SIGINT);
    EXPECT_EQ(running.wait(), 0);
}

// A client that never ends its request would hold a stop up for as long as the grace is.
TEST_F(serving, ends_at_once_on_a_second_signal) {
    here_.write(
        "palabre.toml",
        "[server]\nhttp = \"127.0.0.1:0\"\nbody_timeout_s = 3600\nshutdown_grace_s = "
        "3600\n[metrics]\n"
        "listen = \"127.0.0.1:0\"\n"
    );
    auto& running = start();
    const auto socket = connect_to(port_in(running.complaints()));
    const std::string unfinished =
        "POST /commentaires HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\n"
        "content-type: application/json\r\ncontent-length: 9\r\n\r\n";
    ASSERT_EQ(::send(socket, unfinished.data(), unfinished.size(), 0), std::ssize(unfinished));
    // The server asks for the body, so it has begun with the request.
    std::array<char, 12> asked{};
    ASSERT_EQ(::recv(socket, asked.data(), asked.size(), MSG_WAITALL), std::ssize(asked));
    EXPECT_EQ(std::string_view(asked.data(), asked.size()), "HTTP/1.1 100");
    running.signal(SIGTERM);
    EXPECT_TRUE(running.says("A second signal ends it at once."));
    running.signal(SIGTERM);
    EXPECT_EQ(running.wait(), -SIGTERM);
    ::close(socket);
}

TEST_F(serving, reloads_on_hangup) {
    settings("[log]\ndestination = \"requests.log\"\n");
    auto& running = start();
    std::filesystem::rename(here_.path() / "requests.log", here_.path() / "requests.log.1");
    running.signal(SIGHUP);
    EXPECT_TRUE(running.says("palabre: reloaded."));
    EXPECT_TRUE(std::filesystem::exists(here_.path() / "requests.log"));
    running.signal(SIGTERM);
    EXPECT_EQ(running.wait(), 0);
}

// What a unit of systemd with Type=notify relies on.
TEST_F(serving, tells_the_service_manager_how_far_it_is) {
    settings("");
    const notify_socket manager(here_.path() / "notify");
    program running(here_.path(), {"serve"}, {"NOTIFY_SOCKET=" + manager.address()});
    EXPECT_EQ(manager.hear(), "READY=1");
    EXPECT_TRUE(running.says("is serving")) << "ready, but the ports are not open";
    running.signal(SIGHUP);
    EXPECT_THAT(manager.hear(), StartsWith("RELOADING=1\n"));
    EXPECT_EQ(manager.hear(), "READY=1");
    running.signal(SIGTERM);
    EXPECT_EQ(manager.hear(), "STOPPING=1");
    EXPECT_EQ(running.wait(), 0);
}

TEST_F(serving, keeps_what_it_had_when_a_reload_fails) {
    settings("");
    auto& running = start();
    std::filesystem::rename(here_.path() / "site", here_.path() / "away");
    running.signal(SIGHUP);
    EXPECT_TRUE(running.says("palabre: the site stays as it was"));
    running.signal(SIGTERM);
    EXPECT_EQ(running.wait(), 0);
}

TEST_F(serving, makes_a_certificate_to_try_https) {
    here_.write(
        "palabre.toml",
        "[server]\nhttp = []\nhttps = \"127.0.0.1:0\"\n[tls]\nself_signed = "
        "true\n[metrics]\nlisten = "
        "\"off\"\n[site]\nfolder = \"\"\n"
    );
    auto& running = start();
    EXPECT_THAT(running.complaints(), HasSubstr("comments  https://127.0.0.1:"));
    EXPECT_EQ(running.complaints().find("/metrics"), std::string::npos);
    running.signal(SIGTERM);
    EXPECT_EQ(running.wait(), 0);
}

TEST_F(serving, says_which_port_is_taken) {
    const taken_port taken;
    settings("", taken.text());
    const auto told = refused();
    EXPECT_EQ(told.code, 1);
    const auto port = taken.text().substr(taken.text().find(':') + 1);
    EXPECT_THAT(told.complaints, HasSubstr("port " + port));
    EXPECT_THAT(told.complaints, HasSubstr("Another program has this port."));
    EXPECT_THAT(told.complaints, HasSubstr("[server]"));
}

TEST_F(serving, says_which_port_of_the_metrics_is_taken) {
    const taken_port taken;
    here_.write(
        "palabre.toml",
        "[server]\nhttp = \"127.0.0.1:0\"\n[metrics]\nlisten = \"" + taken.text() + "\"\n"
    );
    const auto told = refused();
    EXPECT_EQ(told.code, 1);
    EXPECT_THAT(told.complaints, HasSubstr("[metrics]"));
}

TEST_F(serving, says_what_is_missing) {
    settings("[site]\nfolder = \"missing\"\n");
    auto told = refused();
    EXPECT_EQ(told.code, 1);
    EXPECT_THAT(
        told.complaints, HasSubstr("missing, does not exist. Make it, or set folder in [site]")
    );

    settings("[log]\ndestination = \"no/such/folder.log\"\n");
    told = refused();
    EXPECT_EQ(told.code, 1);
    EXPECT_THAT(told.complaints, HasSubstr("no/such/folder.log: No such file or directory"));

    here_.write("file", "x");
    settings("[store]\nfolder = \"file\"\n");
    told = refused();
    EXPECT_EQ(told.code, 1);
    EXPECT_THAT(told.complaints, HasSubstr("the database cannot be opened"));
}

TEST_F(serving, says_why_a_certificate_cannot_be_used) {
    here_.write("cert.pem", "x");
    here_.write("key.pem", "x");
    here_.write(
        "palabre.toml",
        "[server]\nhttps = \"127.0.0.1:0\"\n[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n"
    );
    const auto told = refused();
    EXPECT_EQ(told.code, 1);
    EXPECT_THAT(told.complaints, HasSubstr("HTTPS cannot be offered: "));
    EXPECT_THAT(told.complaints, HasSubstr("cert.pem"));
}

}  // namespace
}  // namespace palabre::test
