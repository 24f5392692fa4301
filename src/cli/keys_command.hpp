// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli11.hpp"
#include "cli/command.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace palabre::cli {

// `palabre keys add|list|revoke`: works on the database itself, whether a server runs or not.
class keys_command final : public command {
public:
    // `config` takes the --config of whichever word is chosen. Both outlive the command.
    keys_command(CLI::App& program, std::string& config);

    [[nodiscard]] bool chosen() const override;
    [[nodiscard]] exit_code run(const chosen_settings& settings) override;

private:
    [[nodiscard]] exit_code add(const chosen_settings& settings) const;
    [[nodiscard]] static exit_code list(const chosen_settings& settings);
    [[nodiscard]] exit_code revoke(const chosen_settings& settings) const;

    CLI::App* all_ = nullptr;
    CLI::App* add_ = nullptr;
    CLI::App* list_ = nullptr;
    CLI::App* revoke_ = nullptr;

    std::string name_;
    std::string role_ = "site";
    std::vector<std::string> origins_;
    std::uint32_t per_minute_ = 0;
    std::uint32_t per_day_ = 0;
    std::string id_;
};

}  // namespace palabre::cli
