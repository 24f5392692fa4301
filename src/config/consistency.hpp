// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace palabre::config {

// Settings that are right one by one and wrong together.
struct contradiction {
    std::vector<std::string_view> about;  // "server.https", …; the first is the one to point at
    std::string message;
};

[[nodiscard]] std::vector<contradiction> find_contradictions(const settings& chosen);

}  // namespace palabre::config
