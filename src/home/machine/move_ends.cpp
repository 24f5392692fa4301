// SPDX-License-Identifier: Apache-2.0
#include "home/machine/move_ends.hpp"

#include "home/machine/move_folder.hpp"
#include "home/machine/move_table.hpp"

namespace palabre::machine {
namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";
constexpr std::string_view dynamodb_prefix = "dynamodb:";

}  // namespace

std::optional<move_end> parse_move_end(std::string_view text) {
    for (const auto& [prefix, kind] :
         {std::pair(sqlite_prefix, move_end::kind::sqlite),
          std::pair(dynamodb_prefix, move_end::kind::dynamodb)}) {
        if (!text.starts_with(prefix) || text.size() == prefix.size()) continue;
        return move_end{kind, std::string(text.substr(prefix.size()))};
    }
    return std::nullopt;
}

std::string to_string(const move_end& end) {
    const auto prefix = end.of == move_end::kind::sqlite ? sqlite_prefix : dynamodb_prefix;
    return std::string(prefix) + end.name;
}

std::unique_ptr<home_to_leave> leave_home(const move_end& where) {
    return where.of == move_end::kind::sqlite ? leave_folder(where.name) : leave_table(where.name);
}

std::unique_ptr<home_to_enter> enter_home(const move_end& where, missing_table otherwise) {
    if (where.of == move_end::kind::sqlite) return enter_folder(where.name);
    return enter_table(where.name, otherwise);
}

}  // namespace palabre::machine
