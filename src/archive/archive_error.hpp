// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace palabre::archive {

// A backup is not what it should be: damaged, cut short, of another program, too new; or what is to
// be written could not be read back. what() is a clause that names the part and the line.
class archive_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace palabre::archive
