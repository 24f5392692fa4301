// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace palabre::aws {

// amazon_roots.pem, made part of the program when it is built: Amazon Root CA 1 to 4 and Starfield
// Services Root Certificate Authority - G2, as Mozilla publishes them
// (https://www.amazontrust.com).
[[nodiscard]] std::string_view amazon_roots_pem() noexcept;

}  // namespace palabre::aws
