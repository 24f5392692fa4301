// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "home/function/parameters.hpp"

#include <string>
#include <vector>

namespace palabre::function {

// What aws::client has to know of Systems Manager. Throws std::runtime_error when the environment
// does not say where it answers.
[[nodiscard]] aws::service parameter_service(const aws::variables& environment);

// The parameters below one path. Used by one thread.
class parameter_store {
public:
    // More pages than this are no settings of ours: somebody gave "/" for a path.
    static constexpr std::size_t pages_max = 50;

    // `service` outlives it. `path` with or without a '/' at its end; without one at its beginning,
    // or with nothing else, it is refused: startup_error.
    parameter_store(aws::client& service, const std::string& path);

    // "/palabre/production/"
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    // All of them, decrypted. Throws startup_error that says what to do, whatever went wrong.
    [[nodiscard]] std::vector<stored_parameter> read_all(aws::client::clock::time_point deadline);

private:
    [[nodiscard]] parameter_page read_page(
        std::string_view next, aws::client::clock::time_point deadline
    );

    aws::client& service_;
    std::string path_;
};

}  // namespace palabre::function
