// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"

#include <thread>

namespace palabre::machine {

// Renders comments of an older renderer anew, on a thread of its own. Ends early with the object;
// what is left is done at the next start.
class rerenderer {
public:
    // `store` outlives this.
    explicit rerenderer(comment_store& store);

private:
    std::jthread thread_;
};

}  // namespace palabre::machine
