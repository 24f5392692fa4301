// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace palabre::aws {

// How far a request had got when it was lost.
enum class progress {
    none,      // nothing of it was sent
    sent,      // it may have been done, or not
    answered,  // an answer had begun
};

// No answer, or half of one. what() is a clause: "the connection to … was lost".
class connection_error : public std::runtime_error {
public:
    connection_error(const std::string& what, progress how_far)
        : std::runtime_error(what), how_far_(how_far) {}
    [[nodiscard]] progress how_far() const noexcept { return how_far_; }

private:
    progress how_far_;
};

}  // namespace palabre::aws
