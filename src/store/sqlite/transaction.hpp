// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite/database.hpp"

namespace palabre::store {

enum class transaction_kind {
    reading,  // every read within it sees the same state
    writing,  // takes the write lock at once, so that it cannot fail half-way for want of it
};

// Rolls back unless committed.
class transaction {
public:
    // Throws sqlite_error, after the connection's busy wait if another process writes.
    transaction(database& owner, transaction_kind kind) : owner_(owner) {
        owner.execute(kind == transaction_kind::writing ? "BEGIN IMMEDIATE" : "BEGIN");
    }
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;

    ~transaction() {
        if (owner_.in_transaction()) owner_.roll_back();
    }

    // Durable on return. Throws sqlite_error, and then no reader will see what was written.
    void commit() { owner_.execute("COMMIT"); }

private:
    database& owner_;
};

}  // namespace palabre::store
