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

std::string to_json(const std::vector<finding>& found) {
    boost::json::array list;
    bool wrong = false;
    for (const auto& each : found) {
        wrong |= each.weight == severity::wrong;
        boost::json::object one{
            {"severity", name_of(each.weight)},
            {"subject", each.subject},
            {"sentence", each.sentence}
        };
        if (!each.advice.empty()) one["advice"] = each.advice;
        list.push_back(std::move(one));
    }
    return boost::json::serialize(
        boost::json::object{{"status", wrong ? "wrong" : "ok"}, {"findings", std::move(list)}}
    );
}

}  // namespace palabre::cli
