// SPDX-License-Identifier: Apache-2.0
#include "home/function/backup_places.hpp"

#include "home/function/names.hpp"
#include "home/function/startup_error.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace palabre::function {
namespace {

std::optional<blob::s3_place> place_in(
    const aws::variables& environment, std::string_view variable
) {
    const auto url = environment(variable);
    if (!url) return std::nullopt;
    try {
        return blob::parse_s3_url(*url);
    } catch (const std::runtime_error& error) {
        throw startup_error(fmt::format("{}: {}.", variable, error.what()));
    }
}

}  // namespace

backup_places backup_places_of(const aws::variables& environment) {
    auto backups = place_in(environment, backup_place_variable);
    if (!backups) {
        throw startup_error(fmt::format(
            "{} is not set; write where backups stand, such as s3://bucket/palabre.",
            backup_place_variable
        ));
    }
    auto site = place_in(environment, site_place_variable);
    if (site && site->bucket == backups->bucket && backups->prefix.starts_with(site->prefix)) {
        throw startup_error(fmt::format(
            "backups at {} would stand within the site, for everybody to read; set {} to another "
            "bucket.",
            blob::to_url(*backups),
            backup_place_variable
        ));
    }
    return {*std::move(backups), std::move(site)};
}

}  // namespace palabre::function
