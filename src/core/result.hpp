// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/failure.hpp"

#include <expected>

namespace palabre {

// The outcome of anything that is expected to fail now and then. A broken world (disk, network)
// throws instead; a bug of ours asserts. The standard type is named here and nowhere else.
template <class T>
using result = std::expected<T, failure>;

using refused = std::unexpected<failure>;

}  // namespace palabre
