// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/comment_store.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

struct sqlite3;

namespace palabre::store {

// SQLite refused. `code` is its extended result code.
class sqlite_error : public store_error {
public:
    sqlite_error(int code, const std::string& what) : store_error(what), code_(code) {}
    [[nodiscard]] int code() const noexcept { return code_; }

private:
    int code_;
};

enum class access { read_only, read_write };

// One connection. Used by one thread at a time; outlives its statements.
class database {
public:
    // Opens a file that exists. `busy_wait` is how long a statement waits for another process.
    // Throws sqlite_error.
    database(const std::filesystem::path& file, access how, std::chrono::milliseconds busy_wait);

    // Runs statements without parameters, whose rows nobody wants. Throws sqlite_error.
    void execute(const char* sql);

    // First column of the first row. Throws sqlite_error.
    [[nodiscard]] std::int64_t number(const char* sql);

    // False when SQLite has rolled the whole transaction back by itself, as it may on a full disk.
    [[nodiscard]] bool in_transaction() const noexcept;

    // Ends the transaction. SQLite ends it even when it cannot undo what is in the file: the next
    // transaction does that then.
    void roll_back() noexcept;

    // Rows that the last INSERT, UPDATE or DELETE touched.
    [[nodiscard]] std::int64_t changes() const noexcept;

    // What the last connection to close does with the write-ahead log: fold it into the file, as
    // is usual, or leave everything as it is.
    void fold_log_on_close() noexcept;
    void leave_log_on_close() noexcept;

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }

    // Throws sqlite_error with SQLite's own words for `code`.
    [[noreturn]] void fail(int code, const char* doing) const;

private:
    struct closer {
        void operator()(sqlite3* handle) const noexcept;
    };
    std::unique_ptr<sqlite3, closer> handle_;
};

}  // namespace palabre::store
