// SPDX-License-Identifier: Apache-2.0
#include "imports/disqus.hpp"

#include "check_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    palabre::fuzz::check_source<palabre::imports::disqus_source>(data, size);
    return 0;
}
