// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/backup_commands.hpp"
#include "cli/cli11.hpp"
#include "cli/command.hpp"

#include <string>

namespace palabre::cli {

// The words `palabre backup make|list|verify|prune` and `palabre restore`; what they do stands in
// backup_commands.hpp.
class backup_command final : public command {
public:
    // `config` takes the --config of whichever word is chosen. Both outlive the command.
    backup_command(CLI::App& program, std::string& config);

    [[nodiscard]] bool chosen() const override;
    [[nodiscard]] exit_code run(const chosen_settings& settings) override;

private:
    void add_folder(CLI::App& to);
    void add_name(CLI::App& to);

    std::string& config_;
    backup_request asked_;
    CLI::App* all_ = nullptr;
    CLI::App* make_ = nullptr;
    CLI::App* list_ = nullptr;
    CLI::App* verify_ = nullptr;
    CLI::App* prune_ = nullptr;
    CLI::App* restore_ = nullptr;
};

}  // namespace palabre::cli
