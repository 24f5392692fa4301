// SPDX-License-Identifier: Apache-2.0
#include "cli/report_json.hpp"

#include <boost/json.hpp>

namespace palabre::cli {

std::string to_json(const import_report& report) {
    const auto& skipped = report.skipped;
    boost::json::array sections;
    for (const auto& [section, comments] : report.sections) {
        sections.push_back({{"section", section}, {"comments", comments}});
    }
    const boost::json::object shown{
        {"engine", report.engine},
        {"read", report.read},
        {"added", report.added},
        {"alreadyThere", report.already_there},
        {"held", report.held},
        {"skipped",
         {{"pingbacks", skipped.pingbacks},
          {"trackbacks", skipped.trackbacks},
          {"spam", skipped.spam},
          {"deleted", skipped.deleted},
          {"orphans", skipped.orphans},
          {"other", skipped.other},
          {"emptyTexts", report.empty_texts},
          {"duplicates", report.duplicates},
          {"badPages", report.bad_pages}}},
        {"firstBadPage", report.first_bad_page},
        {"longTexts", report.long_texts},
        {"cutAuthors", report.cut_authors},
        {"unnamedAuthors", report.unnamed_authors},
        {"droppedWebsites", report.dropped_websites},
        {"movedReplies", report.moved_replies},
        {"sections", std::move(sections)}
    };
    return boost::json::serialize(shown);
}

}  // namespace palabre::cli
