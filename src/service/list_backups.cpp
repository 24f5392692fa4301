// SPDX-License-Identifier: Apache-2.0
#include "service/list_backups.hpp"

#include "archive/backup_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace palabre {
namespace {

using sizes = std::map<std::string, std::uint64_t>;  // of the files of one backup

std::string first_problem(const archive::manifest& of, const sizes& files) {
    for (const auto* part : of.parts()) {
        const auto found = files.find(part->file);
        if (found == files.end()) return part->file + " is missing";
        if (found->second != part->bytes) {
            return fmt::format(
                "{} has {} bytes, and its manifest says {}", part->file, found->second, part->bytes
            );
        }
    }
    return {};
}

}  // namespace

std::vector<listed_backup> list_backups(blob_store& in) {
    std::map<std::string, sizes, std::greater<>> found;
    for (const auto& blob : in.list("")) {
        const auto slash = blob.name.find('/');
        if (slash == blob.name.npos) continue;
        found[blob.name.substr(0, slash)].emplace(blob.name.substr(slash + 1), blob.bytes);
    }
    std::vector<listed_backup> all;
    for (const auto& [name, files] : found) {
        const auto at = archive::parse_backup_name(name);
        if (!at) continue;
        listed_backup each{name, *at, std::nullopt, {}, std::nullopt};
        try {
            each.exported = archive::find_export_backup(in, name);
            if (each.exported) {
                all.push_back(std::move(each));
                continue;
            }
            each.of = archive::read_manifest(in, name);
            each.problem = first_problem(*each.of, files);
        } catch (const archive::archive_error& error) {
            each.problem = error.what();
        }
        all.push_back(std::move(each));
    }
    return all;
}

}  // namespace palabre
