// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"
#include "core/comment.hpp"
#include "core/decision.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace palabre {

// Takes everything that a home keeps, record by record, in the order of the verbs below and within
// each as its line says: a backup, a new database. Whatever cannot be taken throws: a store_error,
// or an error of the place it is written to. After a throw nothing more may be given.
class record_sink {
public:
    virtual ~record_sink() = default;

    // How many comments will come, before the first of them, for whoever shows progress. A source
    // that does not know says nothing.
    virtual void expect_comments(std::uint64_t /*count*/) {}

    // By name, bytewise.
    virtual void put_closed_section(std::string_view section) = 0;
    // In whatever state. By id.
    virtual void put_comment(const comment& each) = 0;
    // By (at, id).
    virtual void put_audit_entry(const audit_entry& each) = 0;
    // By (made_at, id).
    virtual void put_key(const api_key& each) = 0;

    // All that was put is durable on return. Without it, nothing needs to last.
    virtual void finish() = 0;
};

// One that keeps comments as they come, so that work which was interrupted can be taken up by
// another one made for the same place. It is given everything once more, and writes only what it
// lacks.
class resumable_sink : public record_sink {
public:
    // The last comment that is durable from earlier, with all those before it by id. None at the
    // first time.
    [[nodiscard]] virtual std::optional<comment_id> has_up_to() const = 0;
};

}  // namespace palabre
