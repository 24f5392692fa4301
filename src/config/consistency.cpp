// SPDX-License-Identifier: Apache-2.0
#include "config/consistency.hpp"

#include "config/text_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace palabre::config {
namespace {

// A character of JSON is at most six bytes, "\u00e9", unless a client escapes emoji too, which none
// does by itself; the other fields and the punctuation fit into the rest.
constexpr std::int64_t bytes_per_character = 6;

void look_at_tls(const settings& chosen, std::vector<contradiction>& found) {
    const auto& tls = chosen.tls;
    const bool files = !tls.certificate.empty() || !tls.key.empty();
    if (tls.certificate.empty() != tls.key.empty()) {
        found.push_back(
            {{tls.key.empty() ? "tls.certificate" : "tls.key", "tls.certificate", "tls.key"},
             "certificate and key go together: set both, or neither"}
        );
    }
    if (files && tls.self_signed) {
        found.push_back(
            {{"tls.self_signed", "tls.certificate", "tls.key"},
             "self_signed makes a certificate of its own: set it to false, or leave out "
             "certificate "
             "and key"}
        );
    }
    if (!chosen.server.https.empty() && !files && !tls.self_signed) {
        found.push_back(
            {{"server.https", "tls.certificate", "tls.key", "tls.self_signed"},
             "https needs a certificate: set certificate and key in [tls], or self_signed = true "
             "to "
             "try it on this machine"}
        );
    }
}

void look_at_server(const settings& chosen, std::vector<contradiction>& found) {
    const auto& server = chosen.server;
    if (server.http.empty() && server.https.empty()) {
        found.push_back(
            {{"server.http", "server.https"},
             "there is nowhere to listen: set http or https in [server]"}
        );
    }
    if (server.redirect_to_https && !server.https.empty() && server.https.front().ends_with(":0")) {
        found.push_back(
            {{"server.redirect_to_https", "server.https"},
             "redirect_to_https needs to know the port of https: write one instead of 0"}
        );
    }
    if (server.redirect_to_https && server.https.empty()) {
        found.push_back(
            {{"server.redirect_to_https", "server.https"},
             "redirect_to_https needs https in [server] to send readers to"}
        );
    }
}

void look_at_comments(const settings& chosen, std::vector<contradiction>& found) {
    const auto& comments = chosen.comments;
    if (comments.page_default > comments.page_max) {
        found.push_back(
            {{"comments.page_default", "comments.page_max"},
             fmt::format(
                 "page_default is {} and page_max only {}: raise one or lower the other",
                 comments.page_default,
                 comments.page_max
             )}
        );
    }
    const auto body_bytes = chosen.server.max_body_kb * 1024;
    if (comments.text_characters * bytes_per_character > body_bytes) {
        found.push_back(
            {{"comments.text_characters", "server.max_body_kb"},
             fmt::format(
                 "a comment of {} characters may need {} kB: raise max_body_kb in [server] to "
                 "that, "
                 "or lower text_characters",
                 comments.text_characters,
                 (comments.text_characters * bytes_per_character + 1023) / 1024
             )}
        );
    }
}

bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& file) {
    const auto difference = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return difference.first == folder.end();
}

void look_at_backup(const settings& chosen, std::vector<contradiction>& found) {
    if (chosen.backup.folder.empty() || chosen.site.folder.empty()) return;
    if (is_in_s3(chosen.backup.folder)) return;
    if (is_inside(chosen.resolve(chosen.site.folder), chosen.resolve(chosen.backup.folder))) {
        found.push_back(
            {{"backup.folder", "site.folder"},
             "backups in the folder of the site would be there for everybody to read: keep them "
             "elsewhere"}
        );
    }
}

}  // namespace

std::vector<contradiction> find_contradictions(const settings& chosen) {
    std::vector<contradiction> found;
    look_at_server(chosen, found);
    look_at_tls(chosen, found);
    look_at_comments(chosen, found);
    look_at_backup(chosen, found);
    return found;
}

}  // namespace palabre::config
