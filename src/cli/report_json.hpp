// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/import_report.hpp"

#include <string>

namespace palabre::cli {

// The report of an import for programs: the names of import_report, in camel case.
[[nodiscard]] std::string to_json(const import_report& report);

}  // namespace palabre::cli
