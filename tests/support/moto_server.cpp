// SPDX-License-Identifier: Apache-2.0
#include "support/moto_server.hpp"

#include <boost/json.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <stdexcept>

namespace palabre::test {
namespace {

const std::string place = PALABRE_SOURCE_DIR;

void close_both(std::array<int, 2>& ends) {
    ::close(ends[0]);
    ::close(ends[1]);
}

std::string text_of(const boost::json::value& in, std::string_view name) {
    return std::string(in.at(name).as_string());
}

}  // namespace

moto_server::moto_server() {
    // A client that is cut off writes into nothing, and so may we.
    std::signal(SIGPIPE, SIG_IGN);
    const std::string python = place + "/build/tools/moto/bin/python";
    if (!std::filesystem::exists(python)) {
        throw std::runtime_error(
            "moto, the server that stands for AWS in tests, is not there: run tools/moto"
        );
    }
    start(python, place + "/tests/support/moto_server.py");
    try {
        const auto told = boost::json::parse(hear_line());
        url_ = "http://127.0.0.1:" + std::to_string(told.at("port").as_int64());
        owner_ = {text_of(told.at("owner"), "id"), text_of(told.at("owner"), "secret")};
        stranger_ = {text_of(told.at("stranger"), "id"), text_of(told.at("stranger"), "secret")};
    } catch (...) {
        end();
        throw;
    }
}

moto_server::~moto_server() {
    end();
}

void moto_server::start(const std::string& python, const std::string& script) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    // Closed on exec, so that no other child keeps it alive.
    if (::pipe2(in.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    if (::pipe2(out.data(), O_CLOEXEC) != 0) {
        close_both(in);
        throw std::runtime_error("no pipe");
    }
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::execl(python.c_str(), python.c_str(), "-B", script.c_str(), nullptr);
        ::_exit(127);
    }
    to_ = in[1];
    from_ = out[0];
    ::close(in[0]);
    ::close(out[1]);
}

std::string moto_server::hear_line() const {
    std::string line;
    char c = 0;
    for (;;) {
        const auto got = ::read(from_, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got != 1) {
            throw std::runtime_error("moto ended before it answered; fetch it again by tools/moto");
        }
        if (c == '\n') return line;
        line.push_back(c);
    }
}

void moto_server::end() {
    ::close(to_);
    ::close(from_);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
}

std::map<std::string, std::string> moto_server::as(const keys& who) const {
    return {
        {"AWS_ENDPOINT_URL", url_},
        {"AWS_REGION", "eu-west-3"},
        {"AWS_ACCESS_KEY_ID", who.id},
        {"AWS_SECRET_ACCESS_KEY", who.secret}
    };
}

moto_server& moto() {
    static moto_server one;
    return one;
}

}  // namespace palabre::test
