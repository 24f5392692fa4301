// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "store/dynamodb/table_access.hpp"

#include <functional>

namespace palabre::store::dynamodb {

// Gives all records to the sink, comments by their ids: first it looks at the whole table for what
// there is, then it reads comment after comment. `fresh` gives access for one more request: all of
// them together may take longer than one verb has.
void read_records(const std::function<table_access()>& fresh, record_sink& to);

}  // namespace palabre::store::dynamodb
