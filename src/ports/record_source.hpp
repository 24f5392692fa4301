// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"

namespace palabre {

// Everything that a home keeps of what people said and decided. Not part of it: what is made again
// (indices, counts) and what is forgotten anyway (idempotency keys, how much of a quota was used).
class record_source {
public:
    virtual ~record_source() = default;

    // Gives all records to `to`, in the order that it asks for, as they stand at one moment: what
    // is written meanwhile is in none of them, and is not held up. A store that cannot do that says
    // so: each record is then as it stands when it is read, all that was there at the beginning and
    // is still there is given, and what comes meanwhile may be. Does not call to.finish().
    // Holds a few records in memory at a time, unless the home itself is memory. Throws
    // store_error, and whatever `to` throws. Safe from any thread.
    virtual void read_all(record_sink& to) = 0;
};

}  // namespace palabre
