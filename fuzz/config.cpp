// SPDX-License-Identifier: Apache-2.0
#include "config/load.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Any bytes may be given as a settings file: they are read, or refused with reasons that have a
// place in them; and what was read comes back from `palabre config show`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palabre::config;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = parse(text, "fuzz.toml", {});
    if (!read) {
        if (read.error().empty()) std::abort();
        for (const auto& found : read.error()) {
            if (found.message.empty() || to_text(found).empty()) std::abort();
        }
        return 0;
    }
    const auto again = parse(to_toml(*read), "shown.toml", {});
    if (!again || *again != *read) std::abort();
    return 0;
}
