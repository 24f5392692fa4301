// SPDX-License-Identifier: Apache-2.0
#include "service/restore_backup.hpp"

#include "archive/records.hpp"

namespace palabre {

void restore_backup(
    blob_store& from, const std::string& name, record_sink& into, archive::site_sink* site
) {
    const auto of = verify_backup(from, name);
    archive::read_records(from, name, of, into);
    if (site != nullptr && of.site) {
        auto part = archive::open_part(from, name, *of.site);
        archive::read_site(part, *site);
    }
    into.finish();
}

}  // namespace palabre
