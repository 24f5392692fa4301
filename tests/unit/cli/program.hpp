// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/temporary_folder.hpp"

#include <sys/types.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::test {

// The built program, running in a folder. Ended with the object, if it has not ended by itself.
class program {
public:
    // `variables` are added to an environment of PATH alone.
    program(
        const std::filesystem::path& folder,
        std::vector<std::string> arguments,
        const std::vector<std::string>& variables = {}
    );
    ~program();
    program(const program&) = delete;
    program& operator=(const program&) = delete;

    // Waits until standard error holds the text; false when the program ends or takes too long.
    bool says(std::string_view text);

    void signal(int number) const;

    // Waits for the end. The exit code, or minus the signal that ended it.
    int wait();

    [[nodiscard]] const std::string& output() const { return streams_[0].text; }
    [[nodiscard]] const std::string& complaints() const { return streams_[1].text; }

private:
    struct stream {
        int descriptor = -1;
        std::string text;
    };

    bool read_more();

    pid_t pid_ = -1;
    std::array<stream, 2> streams_;  // standard output and error
};

// How a program that ends by itself ended.
struct outcome {
    int code = 0;
    std::string output;
    std::string complaints;
};

[[nodiscard]] outcome run(
    const std::filesystem::path& folder,
    std::vector<std::string> arguments,
    const std::vector<std::string>& variables = {}
);

}  // namespace palabre::test
