// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli11.hpp"
#include "cli/command.hpp"
#include "cli/import_comments.hpp"

#include <string>

namespace palabre::cli {

// The word `palabre import`; what it does stands in import_comments.hpp.
class import_command final : public command {
public:
    // `config` takes its --config. Both outlive the command.
    import_command(CLI::App& program, std::string& config);

    [[nodiscard]] bool chosen() const override;
    [[nodiscard]] exit_code run(const chosen_settings& settings) override;

private:
    CLI::App* word_ = nullptr;
    import_request asked_;
};

}  // namespace palabre::cli
