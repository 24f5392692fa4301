// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// Says whether what readers see of a section may have changed, at a small part of what its page
// costs: for whoever keeps pages of a store that others write to, and tell nobody.
class section_stamps {
public:
    virtual ~section_stamps() = default;

    // Two that are equal say that nothing has changed in between. A page that is read after the
    // stamp was given may be kept with it. Empty: nothing read now may be kept. May block, may be
    // called from any thread, may throw store_error.
    virtual std::optional<std::string> stamp(std::string_view section) = 0;
};

}  // namespace palabre
