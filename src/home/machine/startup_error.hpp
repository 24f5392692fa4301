// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace palabre::machine {

// A part could not begin. what() is a sentence that says what to do.
class startup_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace palabre::machine
