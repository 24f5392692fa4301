// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli11.hpp"
#include "cli/command.hpp"

#include <string>

namespace palabre::cli {

// `palabre doctor`: looks at everything that a server of these settings needs, beside one that may
// be running, and changes nothing but a file that it makes in the data folder and removes.
class doctor_command final : public command {
public:
    // `config` takes its --config. Both outlive the command.
    doctor_command(CLI::App& program, std::string& config);

    [[nodiscard]] bool chosen() const override;

    // exit_code::failed when something is wrong.
    [[nodiscard]] exit_code run(const chosen_settings& settings) override;

private:
    CLI::App* command_ = nullptr;
    bool json_ = false;
};

}  // namespace palabre::cli
