// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"

#include <map>
#include <utility>

namespace palabre::aws {

// An environment of these variables alone.
inline variables among(std::map<std::string, std::string> set) {
    return [set = std::move(set)](std::string_view name) -> std::optional<std::string> {
        const auto found = set.find(std::string(name));
        if (found == set.end() || found->second.empty()) return std::nullopt;
        return found->second;
    };
}

}  // namespace palabre::aws
