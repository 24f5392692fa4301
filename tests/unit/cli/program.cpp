// SPDX-License-Identifier: Apache-2.0
#include "unit/cli/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace palabre::test {
namespace {

// Longer than a sanitizer build on a busy machine takes for anything here.
constexpr int patience_ms = 60'000;

void must(bool done, const char* what) {
    if (!done) throw std::system_error(errno, std::generic_category(), what);
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

program::program(
    const std::filesystem::path& folder,
    std::vector<std::string> arguments,
    const std::vector<std::string>& variables
) {
    arguments.insert(arguments.begin(), PALABRE_PROGRAM);
    std::vector<std::string> environment = variables;
    const char* path = std::getenv("PATH");
    environment.push_back(std::string("PATH=") + (path ? path : ""));
    const auto argument_pointers = pointers_to(arguments);
    const auto variable_pointers = pointers_to(environment);
    std::array<int, 2> out{}, err{};
    must(::pipe2(out.data(), O_CLOEXEC) == 0 && ::pipe2(err.data(), O_CLOEXEC) == 0, "pipe2");
    pid_ = ::fork();
    must(pid_ >= 0, "fork");
    if (pid_ == 0) {
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        if (::chdir(folder.c_str()) == 0) {
            ::execve(argument_pointers[0], argument_pointers.data(), variable_pointers.data());
        }
        ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    streams_[0].descriptor = out[0];
    streams_[1].descriptor = err[0];
}

program::~program() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    for (const auto& each : streams_)
        ::close(each.descriptor);
}

// False when both streams have ended, or nothing came in time.
bool program::read_more() {
    std::array<pollfd, 2> waiting{};
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        waiting[i] = {streams_[i].descriptor, POLLIN, 0};
    }
    if (::poll(waiting.data(), waiting.size(), patience_ms) <= 0) return false;
    bool more = false;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (waiting[i].revents == 0) continue;
        std::array<char, 4096> bytes{};
        const auto got = ::read(streams_[i].descriptor, bytes.data(), bytes.size());
        if (got > 0) {
            streams_[i].text.append(bytes.data(), static_cast<std::size_t>(got));
            more = true;
        } else {
            ::close(streams_[i].descriptor);
            streams_[i].descriptor = -1;  // poll passes over it from now on
        }
    }
    return more || streams_[0].descriptor >= 0 || streams_[1].descriptor >= 0;
}

bool program::says(std::string_view text) {
    while (streams_[1].text.find(text) == std::string::npos) {
        if (!read_more()) return false;
    }
    return true;
}

void program::signal(int number) const {
    must(::kill(pid_, number) == 0, "kill");
}

int program::wait() {
    while (read_more()) {
    }
    if (streams_[0].descriptor >= 0 || streams_[1].descriptor >= 0) {
        throw std::runtime_error("the program does not end");
    }
    int status = 0;
    must(::waitpid(pid_, &status, 0) == pid_, "waitpid");
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

outcome run(
    const std::filesystem::path& folder,
    std::vector<std::string> arguments,
    const std::vector<std::string>& variables
) {
    program started(folder, std::move(arguments), variables);
    const int code = started.wait();
    return {code, started.output(), started.complaints()};
}

}  // namespace palabre::test
