// SPDX-License-Identifier: Apache-2.0
#include "home/function/backup_state.hpp"

#include "archive/members.hpp"
#include "util/json_text.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace palabre::function {
namespace {

using archive::bad_member;
using archive::members;
using util::json_object;

constexpr std::uint64_t version = 1;

backup_state read(const boost::json::value& json) {
    members of(json);
    if (of.number("version") != version) throw bad_member("is of a newer palabre");
    backup_state made;
    made.begun_at = of.time("begunAt");
    if (of.has("export")) {
        members asked(of.any("export"));
        made.under_way = {asked.text("arn"), asked.text("backup")};
    }
    if (of.has("lastGood")) {
        members good(of.any("lastGood"));
        made.last_good = {good.text("backup"), good.time("madeAt")};
    }
    return made;
}

}  // namespace

std::string to_json(const backup_state& of) {
    std::string text;
    {
        json_object written(text);
        written.add("version", version);
        written.add("begunAt", to_rfc3339(of.begun_at));
        if (of.under_way) {
            json_object asked(written.add_raw("export"));
            asked.add("arn", of.under_way->arn);
            asked.add("backup", of.under_way->backup);
        }
        if (of.last_good) {
            json_object good(written.add_raw("lastGood"));
            good.add("backup", of.last_good->backup);
            good.add("madeAt", to_rfc3339(of.last_good->made_at));
        }
    }
    return text + "\n";
}

backup_state parse_backup_state(std::string_view text) {
    boost::json::error_code failed;
    const auto json = boost::json::parse(text, failed);
    try {
        if (failed) throw bad_member("is no JSON");
        return read(json);
    } catch (const bad_member& wrong) {
        throw std::runtime_error(fmt::format(
            "{} in the bucket of the backups {}; remove it, and the next call begins anew",
            backup_state_name,
            wrong.what()
        ));
    }
}

}  // namespace palabre::function
