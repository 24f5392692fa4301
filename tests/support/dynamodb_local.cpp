// SPDX-License-Identifier: Apache-2.0
#include "support/dynamodb_local.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <vector>

extern char** environ;  // NOLINT(readability-redundant-declaration): not in every unistd.h

namespace palabre::test {
namespace {

constexpr const char* advice =
    "; tools/dynamodb-local/fetch brings it, and ./check calls that before the tests";

struct pipe_ends {
    int read = -1;
    int write = -1;
};

// Closed in other children: only this process keeps DynamoDB Local alive.
pipe_ends make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe2");
    return {ends[0], ends[1]};
}

std::filesystem::path folder() {
    return std::filesystem::path(PALABRE_SOURCE_DIR) / "build/tools/dynamodb-local";
}

pid_t start(const pipe_ends& input, const pipe_ends& output) {
    const std::string jars = (folder() / "jars").string();
    std::vector<std::string> words{
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx700m",
        "-cp",
        (folder() / "classes").string() + ":" + jars + "/*",
        "Loopback"
    };
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);

    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = -1;
    const int failed =
        ::posix_spawnp(&process, "java", &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw std::runtime_error("java cannot be started: install the package default-jdk-headless"
        );
    }
    return process;
}

// The one line that it prints; empty when it ended without.
std::string read_line(int from) {
    std::string line;
    char c = 0;
    while (::read(from, &c, 1) == 1 && c != '\n')
        line.push_back(c);
    return line;
}

}  // namespace

dynamodb_local::dynamodb_local() {
    if (!std::filesystem::exists(folder() / "stamp"))
        throw std::runtime_error(std::string("there is no DynamoDB Local") + advice);
    const auto input = make_pipe();
    const auto output = make_pipe();
    process_ = start(input, output);
    its_input_ = input.write;
    ::close(input.read);
    ::close(output.write);
    const auto line = read_line(output.read);
    ::close(output.read);
    std::from_chars(line.data(), line.data() + line.size(), port_);
    if (port_ == 0) throw std::runtime_error(std::string("DynamoDB Local does not start") + advice);
}

dynamodb_local::~dynamodb_local() {
    ::close(its_input_);
    ::waitpid(process_, nullptr, 0);
}

dynamodb_local& dynamodb_local::shared() {
    static dynamodb_local one;
    return one;
}

std::string dynamodb_local::fresh_table_name() {
    return "comments-" + std::to_string(++tables_);
}

}  // namespace palabre::test
