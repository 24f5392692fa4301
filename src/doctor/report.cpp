// SPDX-License-Identifier: Apache-2.0
#include "doctor/report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace palabre::doctor {
namespace {

// What has to be mended is seen at a glance.
std::string_view mark_of(severity weight) {
    return weight == severity::wrong ? "WRONG" : name_of(weight);
}

}  // namespace

bool is_anything_wrong(const std::vector<finding>& found) {
    return std::ranges::find(found, severity::wrong, &finding::weight) != found.end();
}

std::string to_text(const std::vector<finding>& found) {
    std::string text;
    for (const auto& each : found) {
        text +=
            fmt::format("{:<5}  {:<11}  {}\n", mark_of(each.weight), each.subject, each.sentence);
        if (!each.advice.empty()) text += fmt::format("{:20}{}\n", "", each.advice);
    }
    const auto wrong = std::ranges::count(found, severity::wrong, &finding::weight);
    if (wrong == 0) return text + "\nAll is well.\n";
    return text + fmt::format("\n{} {} wrong.\n", wrong, wrong == 1 ? "thing is" : "things are");
}

}  // namespace palabre::doctor
