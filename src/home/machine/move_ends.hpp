// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "ports/record_source.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::machine {

// Where comments are moved from, or to: a data folder of one machine, or a table.
struct move_end {
    enum class kind { sqlite, dynamodb };
    kind of = kind::sqlite;
    std::string name;  // of the folder or the table
    bool operator==(const move_end&) const = default;
};

// Reads "sqlite:FOLDER" or "dynamodb:TABLE"; none for anything else.
[[nodiscard]] std::optional<move_end> parse_move_end(std::string_view text);
[[nodiscard]] std::string to_string(const move_end& end);

// A home that nobody writes to while this lives, as far as that can be seen to.
class home_to_leave {
public:
    virtual ~home_to_leave() = default;
    [[nodiscard]] virtual record_source& records() = 0;
};

// A home that is empty, or that an earlier move left half-way.
class home_to_enter {
public:
    virtual ~home_to_enter() = default;
    // Takes the records, once.
    [[nodiscard]] virtual resumable_sink& sink() = 0;
    // After the sink was finished: what it made of them.
    [[nodiscard]] virtual record_source& made() = 0;
    // Lets others see it, in one step; it is what was verified.
    virtual void open_up() = 0;
};

// What is done about a table that is not there. A folder is made in any case.
enum class missing_table { is_refused, is_made };

// Throw store_error, or std::runtime_error with a clause that says what to do.
[[nodiscard]] std::unique_ptr<home_to_leave> leave_home(const move_end& where);
[[nodiscard]] std::unique_ptr<home_to_enter> enter_home(
    const move_end& where, missing_table otherwise
);

}  // namespace palabre::machine
