// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/request_log.hpp"

#include <span>
#include <string>
#include <string_view>

namespace palabre::log {

// A member that only one home knows, text. The name is one of ours.
struct extra_member {
    std::string_view name;
    std::string_view text;
};

// Appends what is written down of one answered request, in every home: a line of JSON, its end
// included, with the present time.
//
//   {"time":"2026-03-01T12:00:00.123Z","request_id":"…","method":"GET","route":"GET /commentaires",
//    "status":200,"bytes":512,"duration_us":87,"address":"192.0.2.1"}
//
// `address` is there only when the record carries one; `more` stands behind it. Safe from any
// thread.
void append_request_line(
    std::string& out, const request_record& record, std::span<const extra_member> more = {}
);

}  // namespace palabre::log
