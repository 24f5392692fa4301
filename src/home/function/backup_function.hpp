// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob/s3/bucket.hpp"
#include "blob/s3/s3_store.hpp"
#include "home/function/backup_state.hpp"
#include "home/function/invocation_time.hpp"
#include "home/function/site_copier.hpp"
#include "home/function/table_exports.hpp"
#include "ports/clock.hpp"
#include "runtime/lambda/runtime_api.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::function {

// The function `backup`, called once a day by a schedule. A call never waits for DynamoDB: it asks
// for an export, and a later one finds it completed, writes the manifest of the backup and asks for
// the next. A call with {"finish": true}, which another schedule makes every hour, asks for none.
// What a call cannot do in its time, a later one goes on with. Nothing is ever removed. A call that
// comes twice does no harm. docs/formats/backup.md says what it writes.
//
// One object answers one event at a time.
class backup_function {
public:
    // Kept back for what follows after the files of the site: state, manifest, the next export.
    static constexpr std::chrono::seconds last_steps{10};

    struct parts {
        site_copier::place backups;
        std::optional<site_copier::place> site;  // none: the site is not part of a backup
        table_exports& exports;
        const clock& wall;
        invocation_time& time;  // what the buckets and `exports` go by
        std::function<void(std::string_view)> tell;
        std::function<void(std::string_view)> write_metrics;  // whole lines
        std::string program;                                  // "palabre 0.1.0"
    };

    // All that it is given by reference outlives it.
    explicit backup_function(parts with);

    // What was done, as JSON. Throws std::exception with a clause when the call has failed; what it
    // had done by then stays, and the next one goes on from there.
    [[nodiscard]] std::string answer(const lambda::invocation& asked);

private:
    struct turn;
    void take_turn(const lambda::invocation& asked, turn& now);
    [[nodiscard]] backup_state read_state(timestamp now);
    void write_state(const backup_state& state);
    void look_at_export(const backup_state::asked_export& of, turn& now);
    void finish_backup(const std::string& backup, const table_export& completed, turn& now);
    void begin_export(const lambda::invocation& asked, turn& now);
    [[nodiscard]] std::string find_export(const std::string& backup) const;
    void write_metric_line(const lambda::invocation& asked, const turn& of);
    void put(const std::string& name, std::string_view text);

    const parts parts_;
    mutable blob::s3_store store_;
};

}  // namespace palabre::function
