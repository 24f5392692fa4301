// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace palabre::function {

// A function cannot begin as it is set up. what() says what to do, in one or more lines, for the
// log: it may hold what nobody else should read.
class startup_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace palabre::function
