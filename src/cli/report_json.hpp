// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "service/import_report.hpp"

#include <string>
#include <vector>

namespace palabre::cli {

// The report of an import for programs: the names of import_report, in camel case.
[[nodiscard]] std::string to_json(const import_report& report);

// What `palabre doctor` found: "status" is "wrong" or "ok"; each of "findings" has a severity
// ("ok", "note", "wrong"), a subject, a sentence and, where there is something to do, advice.
[[nodiscard]] std::string to_json(const std::vector<finding>& found);

}  // namespace palabre::cli
