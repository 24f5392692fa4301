// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/moderation_store.hpp"
#include "store/sqlite/statement.hpp"

#include <vector>

namespace palabre::store {

// The reading verbs of a moderation_store over one connection. Used by one thread at a time.
class moderation_reader {
public:
    // `db` outlives the reader.
    explicit moderation_reader(database& db);

    queue_page list_queue(const queue_query& query);
    std::vector<audit_entry> list_audit(const audit_query& query);

private:
    statement list_state_;
    statement list_state_in_section_;
    statement list_published_in_section_;
    statement list_audit_;
    statement list_audit_about_;
};

}  // namespace palabre::store
