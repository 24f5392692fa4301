// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "core/timestamp.hpp"
#include "store/sqlite/database.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace palabre::store {

class statement;

// A statement that runs. Ends it when it goes, so that no lock stays behind.
class row_reader {
public:
    row_reader(const row_reader&) = delete;
    row_reader& operator=(const row_reader&) = delete;
    ~row_reader();

    // Moves to the next row; false at the end. Throws sqlite_error.
    [[nodiscard]] bool next();

    // Columns of the row, counted from 0.
    [[nodiscard]] std::int64_t integer(int column) const noexcept;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] bool is_null(int column) const noexcept;

    // Copies a blob. Throws sqlite_error when it has another length: the file is damaged.
    template <std::size_t bytes>
    [[nodiscard]] std::array<std::uint8_t, bytes> blob(int column) const {
        std::array<std::uint8_t, bytes> copy{};
        copy_blob(column, copy.data(), bytes);
        return copy;
    }

private:
    friend class statement;
    explicit row_reader(statement& owner) : owner_(owner) {}
    void copy_blob(int column, std::uint8_t* to, std::size_t bytes) const;

    statement& owner_;
};

// One prepared statement. Its database outlives it.
class statement {
public:
    // Throws sqlite_error.
    statement(database& owner, const char* sql);

    // Binds the values to ?1, ?2, … and begins. The values are copied: they may be temporaries.
    template <class... value>
    [[nodiscard]] row_reader run(const value&... values) {
        int index = 0;
        (bind(++index, values), ...);
        return row_reader(*this);
    }

    // The same, to the end, for statements without rows.
    template <class... value>
    void execute(const value&... values) {
        auto rows = run(values...);
        while (rows.next()) {
        }
    }

private:
    friend class row_reader;
    struct finalizer {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };

    void bind(int index, std::int64_t value);
    void bind(int index, std::string_view value);
    void bind_blob(int index, const std::uint8_t* data, std::size_t bytes);
    void bind_null(int index);

    void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
    template <std::unsigned_integral number>
        requires(sizeof(number) < sizeof(std::int64_t))
    void bind(int index, number value) {
        bind(index, std::int64_t{value});
    }
    void bind(int index, timestamp value) { bind(index, value.ms); }
    void bind(int index, const comment_id& value) { bind(index, value.bytes); }
    template <std::size_t bytes>
    void bind(int index, const std::array<std::uint8_t, bytes>& value) {
        bind_blob(index, value.data(), bytes);
    }
    template <class value>
    void bind(int index, const std::optional<value>& maybe) {
        maybe ? bind(index, *maybe) : bind_null(index);
    }
    void require(int code) const;

    database& owner_;
    std::unique_ptr<sqlite3_stmt, finalizer> handle_;
};

}  // namespace palabre::store
