// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/digest.hpp"

#include "store/sqlite/database.hpp"
#include "util/sha256.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace palabre::store {
namespace {

void append_number(std::string& to, std::uint64_t number) {
    for (int byte = 0; byte < 8; ++byte)
        to.push_back(static_cast<char>(number >> (8 * byte) & 0xffU));
}

void append_bytes(std::string& to, char kind, std::string_view bytes) {
    to.push_back(kind);
    append_number(to, bytes.size());
    to.append(bytes);
}

void append(std::string& to, sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_NULL:
            append_bytes(to, 'n', {});
            return;
        case SQLITE_INTEGER:
            to.push_back('i');
            append_number(to, 8);
            append_number(to, static_cast<std::uint64_t>(sqlite3_value_int64(value)));
            return;
        default:
            break;
    }
    const char kind = sqlite3_value_type(value) == SQLITE_BLOB ? 'b' : 't';
    // The order of the two calls is SQLite's wish: the first may convert.
    const auto* data = kind == 'b' ? static_cast<const char*>(sqlite3_value_blob(value))
                                   : reinterpret_cast<const char*>(sqlite3_value_text(value));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    append_bytes(to, kind, data == nullptr ? std::string_view() : std::string_view(data, size));
}

void digest(sqlite3_context* context, int count, sqlite3_value** values) noexcept try {
    thread_local std::string joined;
    joined.clear();
    for (auto* value : std::span(values, static_cast<std::size_t>(count)))
        append(joined, value);
    const auto whole = util::sha256(joined);
    sqlite3_result_blob(context, whole.data(), digest_bytes, SQLITE_TRANSIENT);
} catch (const std::exception& error) {
    sqlite3_result_error(context, error.what(), -1);
}

}  // namespace

void add_digest_function(sqlite3* connection) {
    // Ours to call, not for a forged schema.
    constexpr int how = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    const int code = sqlite3_create_function_v2(
        connection, "palabre_digest", -1, how, nullptr, digest, nullptr, nullptr, nullptr
    );
    if (code != SQLITE_OK) throw sqlite_error(code, "SQLite takes no function of ours");
}

}  // namespace palabre::store
