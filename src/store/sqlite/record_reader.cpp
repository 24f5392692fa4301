// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/record_reader.hpp"

#include "store/sqlite/rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"

namespace palabre::store {
namespace {

template <class handle>
void for_each_row(database& from, const char* sql, const handle& take) {
    statement query(from, sql);
    auto rows = query.run();
    while (rows.next())
        take(rows);
}

}  // namespace

void read_all_records(database& from, record_sink& to) {
    // The moment is that of the first read; the log keeps it readable until the end.
    const transaction one_state(from, transaction_kind::reading);
    for_each_row(from, sql::all_closed_sections, [&](const row_reader& row) {
        to.put_closed_section(row.text(0));
    });
    to.expect_comments(static_cast<std::uint64_t>(from.number(sql::count_comments)));
    for_each_row(from, sql::all_comments, [&](const row_reader& row) {
        to.put_comment(read_comment(row));
    });
    for_each_row(from, sql::all_audit, [&](const row_reader& row) {
        to.put_audit_entry(read_audit_entry(row));
    });
    for_each_row(from, sql::list_keys, [&](const row_reader& row) { to.put_key(read_key(row)); });
}

}  // namespace palabre::store
