// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"
#include "blob/s3/s3_place.hpp"

#include <optional>

namespace palabre::function {

// Where the function `backup` writes, and what it copies.
struct backup_places {
    blob::s3_place backups;
    std::optional<blob::s3_place> site;
};

// By the variables of names.hpp. Throws startup_error when a place is missing or cannot be read, or
// when backups would stand within the site, for everybody to read.
[[nodiscard]] backup_places backup_places_of(const aws::variables& environment);

}  // namespace palabre::function
