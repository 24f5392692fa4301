// SPDX-License-Identifier: Apache-2.0
#include "util/version.hpp"

namespace palabre {

std::string version() {
    return PALABRE_VERSION;
}

}  // namespace palabre
