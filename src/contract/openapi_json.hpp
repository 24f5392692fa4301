// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre {

// contract/openapi.yaml as compact JSON, made part of the program when it is built.
[[nodiscard]] std::string_view openapi_json() noexcept;

}  // namespace palabre
