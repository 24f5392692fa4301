// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"
#include "ports/key_store.hpp"
#include "ports/moderation_store.hpp"
#include "ports/record_source.hpp"

namespace palabre {

// All that a home keeps, in one store: what the parts of a program are made with when they need
// more than one of its ports.
class home_store : public comment_store,
                   public moderation_store,
                   public key_store,
                   public record_source {
public:
    // Throws store_error when the store is known to refuse what is written, though reading may
    // work. Cheap enough to be called every second.
    virtual void check_writing() = 0;
};

}  // namespace palabre
