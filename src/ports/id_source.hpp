// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"

namespace palabre {

// Makes ids that nobody can guess and that sort by time.
class id_source {
public:
    virtual ~id_source() = default;
    // Safe from any thread. Ids of one source for the same instant rise with each call.
    virtual comment_id next(timestamp at) = 0;
};

}  // namespace palabre
