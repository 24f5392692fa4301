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
        // SQLite may have rolled back on its own. Otherwise a failure here changes nothing: what
        // was not committed is gone when the connection closes, at the latest.
        try {
            if (owner_.in_transaction()) owner_.execute("ROLLBACK");
        } catch (const store_error&) {
        }
    }

    // Durable on return. Throws sqlite_error, and then nothing was committed.
    void commit() { owner_.execute("COMMIT"); }

private:
    database& owner_;
};

// A part of a transaction that can be undone alone. Undone unless kept.
class savepoint {
public:
    explicit savepoint(database& owner) : owner_(owner) { owner.execute("SAVEPOINT part"); }
    savepoint(const savepoint&) = delete;
    savepoint& operator=(const savepoint&) = delete;

    ~savepoint() {
        try {
            if (!kept_ && owner_.in_transaction()) {
                owner_.execute("ROLLBACK TO part; RELEASE part");
            }
        } catch (const store_error&) {
        }
    }

    void keep() {
        owner_.execute("RELEASE part");
        kept_ = true;
    }

private:
    database& owner_;
    bool kept_ = false;
};

}  // namespace palabre::store
