// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "store/sqlite/database.hpp"

namespace palabre::store {

// What ports/record_source.hpp promises, over a connection that does nothing else meanwhile. Throws
// sqlite_error, and whatever the sink throws.
void read_all_records(database& from, record_sink& to);

}  // namespace palabre::store
