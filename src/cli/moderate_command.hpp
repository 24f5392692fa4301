// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli11.hpp"
#include "cli/command.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace palabre {
class moderate_comments;
}

namespace palabre::cli {

// `palabre moderate …`: works on the database itself, whether a server runs or not; one that does
// shows a change within a second or so.
class moderate_command final : public command {
public:
    // `config` takes the --config of whichever word is chosen. Both outlive the command.
    moderate_command(CLI::App& program, std::string& config);

    [[nodiscard]] bool chosen() const override;
    [[nodiscard]] exit_code run(const chosen_settings& settings) override;

private:
    void add_reading(CLI::App& to);
    void add_deciding(CLI::App& to);

    [[nodiscard]] exit_code list(moderate_comments& moderate) const;
    [[nodiscard]] exit_code show(moderate_comments& moderate) const;
    [[nodiscard]] exit_code audit(moderate_comments& moderate) const;
    [[nodiscard]] exit_code decide(moderate_comments& moderate, const std::string& decision);
    [[nodiscard]] exit_code set_closed(moderate_comments& moderate, bool closed) const;
    [[nodiscard]] std::vector<std::string> ids_in_state(moderate_comments& moderate) const;

    CLI::App* all_ = nullptr;
    CLI::App* list_ = nullptr;
    CLI::App* show_ = nullptr;
    CLI::App* audit_ = nullptr;
    CLI::App* close_ = nullptr;
    CLI::App* reopen_ = nullptr;
    std::vector<CLI::App*> decisions_;

    std::string status_ = "held";
    std::string all_of_;
    std::string section_;
    std::string cursor_;
    std::size_t limit_ = 20;
    std::vector<std::string> ids_;
    std::string note_;
};

}  // namespace palabre::cli
