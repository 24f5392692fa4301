// SPDX-License-Identifier: Apache-2.0
#include "service/verify_backup.hpp"

#include "archive/discarding.hpp"
#include "archive/records.hpp"
#include "archive/site.hpp"

#include <array>

namespace palabre {
archive::manifest verify_backup(blob_store& in, const std::string& name) {
    auto of = archive::read_manifest(in, name);
    auto settings = archive::open_part(in, name, of.settings);
    std::array<char, 4096> some{};
    while (settings.read(some) > 0) {
    }
    archive::discarding_records records;
    archive::read_records(in, name, of, records);
    if (of.site) {
        auto site = archive::open_part(in, name, *of.site);
        archive::discarding_site files;
        archive::read_site(site, files);
    }
    return of;
}

}  // namespace palabre
