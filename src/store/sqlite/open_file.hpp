// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite/database.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace palabre::store {

// Opens the database for writing: makes its folder and an empty file, for the owner's eyes only,
// when there is none; brings its tables to the present version. Throws store_error, with the path,
// when it cannot. A file that is not a database of ours, or one of a newer version, is refused and
// left as it is.
[[nodiscard]] std::unique_ptr<database> open_for_writing(
    const std::filesystem::path& file, std::chrono::milliseconds busy_wait
);

// Opens another connection to a database that open_for_writing made ready. Throws store_error.
[[nodiscard]] std::unique_ptr<database> open_for_reading(
    const std::filesystem::path& file, std::chrono::milliseconds busy_wait
);

// Opens a database that may be damaged, to look at it: nothing is made and no table changed. Throws
// store_error when it is not a database of ours, or of a newer version.
[[nodiscard]] std::unique_ptr<database> open_for_looking(
    const std::filesystem::path& file, std::chrono::milliseconds busy_wait
);

}  // namespace palabre::store
