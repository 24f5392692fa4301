// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli11.hpp"
#include "cli/command.hpp"
#include "home/machine/move_ends.hpp"

#include <string>

namespace palabre::cli {

// The word `palabre move`.
class move_command final : public command {
public:
    // Outlived by `program`'s parsing.
    explicit move_command(CLI::App& program);

    [[nodiscard]] bool chosen() const override;
    [[nodiscard]] exit_code run(const chosen_settings& settings) override;

private:
    CLI::App* word_ = nullptr;
    std::string from_;
    std::string to_;
    std::string progress_ = "auto";
    bool create_table_ = false;
};

}  // namespace palabre::cli
