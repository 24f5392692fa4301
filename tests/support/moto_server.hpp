// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"

#include <sys/types.h>

#include <map>
#include <string>

namespace palabre::test {

// moto, a server that stands for AWS: S3, SSM, DynamoDB and its exports. It checks signatures. One
// for each object, on loopback, at a port of the kernel's choice, empty at first; gone with the
// object. It is fetched by tools/moto.
class moto_server {
public:
    // Answers when this returns. Throws std::runtime_error that says what to do.
    moto_server();
    ~moto_server();
    moto_server(const moto_server&) = delete;
    moto_server& operator=(const moto_server&) = delete;

    [[nodiscard]] const std::string& url() const noexcept { return url_; }

    // The environment of a program that talks to it, as somebody who may do everything.
    [[nodiscard]] std::map<std::string, std::string> owner() const { return as(owner_); }
    // As somebody it knows, who may do nothing.
    [[nodiscard]] std::map<std::string, std::string> stranger() const { return as(stranger_); }

private:
    struct keys {
        std::string id;
        std::string secret;
    };
    [[nodiscard]] std::map<std::string, std::string> as(const keys& who) const;
    void start(const std::string& python, const std::string& script);
    [[nodiscard]] std::string hear_line() const;
    void end();

    pid_t process_ = -1;
    int to_ = -1;    // its standard input
    int from_ = -1;  // its standard output
    std::string url_;
    keys owner_;
    keys stranger_;
};

// The one of a test program, started when it is first asked for.
[[nodiscard]] moto_server& moto();

}  // namespace palabre::test
