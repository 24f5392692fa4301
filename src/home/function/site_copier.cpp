// SPDX-License-Identifier: Apache-2.0
#include "home/function/site_copier.hpp"

#include "archive/site.hpp"
#include "blob/s3/copy_object.hpp"
#include "ports/blob_store.hpp"

#include <fmt/format.h>

#include <iterator>
#include <set>
#include <utility>

namespace palabre::function {

site_copier::site_copier(place site, place backups, std::function<void(std::string_view)> tell)
    : site_(std::move(site)), backups_(std::move(backups)), tell_(std::move(tell)) {}

std::vector<blob::listed_object> site_copier::list(const place& of, const std::string& below) {
    std::vector<blob::listed_object> all;
    blob::listing page;
    do {
        page = of.in.list(of.prefix + below, page.next, blob::s3_limits().page_keys);
        std::ranges::move(page.objects, std::back_inserter(all));
    } while (!page.next.empty());
    return all;
}

site_copier::outcome site_copier::copy_until(clock::time_point end) {
    const auto folder = std::string(archive::site_files_folder) + "/";
    std::set<std::string, std::less<>> kept;
    for (auto& each : list(backups_, folder))
        kept.insert(std::move(each.key));

    outcome made;
    made.complete = true;
    std::uint64_t failures = 0;
    for (const auto& each : list(site_, "")) {
        archive::listed_site_file file{each.key.substr(site_.prefix.size()), each.bytes, each.etag};
        // Some tools make an empty object for a folder.
        if (file.path.empty() || file.path.ends_with('/')) continue;
        if (const auto problem = archive::find_path_problem(file.path); !problem.empty()) {
            tell_(fmt::format("{} of the site is left out: its path {}", each.key, problem));
            continue;
        }
        const auto to = backups_.prefix + archive::blob_name_of(file);
        if (!kept.contains(to)) {
            const bool goes_on = failures < failures_max && end - clock::now() >= least_time;
            const bool copied = goes_on && copy(each, to);
            made.complete = made.complete && copied;
            if (copied) ++made.copied;
            failures = copied ? 0 : failures + 1;
        }
        made.files.push_back(std::move(file));
        if (made.files.size() > archive::site_files_max) {
            throw archive::archive_error(fmt::format(
                "the bucket of the site holds more than {} files", archive::site_files_max
            ));
        }
    }
    return made;
}

bool site_copier::copy(const blob::listed_object& from, const std::string& to) {
    try {
        blob::copy_object(backups_.in, to, site_.in.name(), from, {});
        return true;
    } catch (const blob_error& error) {
        tell_(fmt::format("a file of the site is not copied yet: {}", error.what()));
        return false;
    }
}

}  // namespace palabre::function
