// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/load.hpp"
#include "config/settings.hpp"
#include "home/function/parameters.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace palabre::function {

// As for the server: nobody guesses as many random bytes.
inline constexpr std::size_t edit_secret_bytes_min = 32;

// Everything an owner can choose of a function.
struct function_settings {
    config::settings common;    // of its sections only what makes sense here can be set
    std::string edit_secret;    // edit_secret_bytes_min at least
    std::string table;          // empty: that of store/dynamodb/table.hpp
    std::string client_header;  // lower case; empty: the gateway's word counts
    bool operator==(const function_settings&) const = default;
};

// Why a setting of the server has no place in a function; empty when it has one.
[[nodiscard]] std::string_view reason_against(const config::field& which);

// The parameters below `path` ("/palabre/production/"; empty when none are read), then the
// variables that begin with PALABRE_. Throws startup_error with every mistake, a line each.
[[nodiscard]] function_settings read_function_settings(
    std::span<const stored_parameter> parameters,
    std::string_view path,
    const config::environment& variables
);

}  // namespace palabre::function
