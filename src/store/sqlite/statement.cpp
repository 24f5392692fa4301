// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/statement.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace palabre::store {

row_reader::~row_reader() {
    sqlite3_reset(owner_.handle_.get());
}

bool row_reader::next() {
    const int code = sqlite3_step(owner_.handle_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) owner_.require(code);
    return code == SQLITE_ROW;
}

std::int64_t row_reader::integer(int column) const noexcept {
    return sqlite3_column_int64(owner_.handle_.get(), column);
}

std::string row_reader::text(int column) const {
    auto* const row = owner_.handle_.get();
    const auto* data = static_cast<const char*>(sqlite3_column_blob(row, column));
    // The length counts zero bytes within the text too, and data is null when it is 0.
    const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    return data == nullptr ? std::string() : std::string(data, bytes);
}

bool row_reader::is_null(int column) const noexcept {
    return sqlite3_column_type(owner_.handle_.get(), column) == SQLITE_NULL;
}

void row_reader::copy_blob(int column, std::uint8_t* to, std::size_t bytes) const {
    auto* const row = owner_.handle_.get();
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, column));
    if (static_cast<std::size_t>(sqlite3_column_bytes(row, column)) != bytes || data == nullptr) {
        throw sqlite_error(SQLITE_CORRUPT, "a binary value has an unexpected length");
    }
    std::copy_n(data, bytes, to);
}

void statement::finalizer::operator()(sqlite3_stmt* handle) const noexcept {
    sqlite3_finalize(handle);
}

statement::statement(database& owner, const char* sql) : owner_(owner) {
    sqlite3_stmt* prepared = nullptr;
    const int code =
        sqlite3_prepare_v3(owner.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    handle_.reset(prepared);
    if (code != SQLITE_OK) owner_.fail(code, sql);
}

void statement::bind(int index, std::int64_t value) {
    require(sqlite3_bind_int64(handle_.get(), index, value));
}

void statement::bind(int index, std::string_view value) {
    // A null pointer would bind NULL, and an empty string_view may hold one.
    const char* data = value.data() == nullptr ? "" : value.data();
    require(
        sqlite3_bind_text64(handle_.get(), index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8)
    );
}

void statement::bind_blob(int index, const std::uint8_t* data, std::size_t bytes) {
    require(sqlite3_bind_blob64(handle_.get(), index, data, bytes, SQLITE_TRANSIENT));
}

void statement::bind_null(int index) {
    require(sqlite3_bind_null(handle_.get(), index));
}

void statement::require(int code) const {
    if (code != SQLITE_OK) owner_.fail(code, sqlite3_sql(handle_.get()));
}

}  // namespace palabre::store
