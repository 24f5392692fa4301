// SPDX-License-Identifier: Apache-2.0
#include "archive/manifest.hpp"

#include "archive/members.hpp"
#include "archive/sealed.hpp"
#include "util/json_text.hpp"

#include <array>
#include <utility>

namespace palabre::archive {
namespace {

using util::json_object;

void append_part(std::string& to, const part& of) {
    json_object written(to);
    written.add("file", of.file);
    written.add("bytes", of.bytes);
    written.add("sha256", util::to_hex(of.hash));
    written.add("contentBytes", of.content_bytes);
    written.add("contentSha256", util::to_hex(of.content_hash));
    written.add("count", of.count);
}

// The names of files are part of the format: a manifest cannot lead to others.
part part_of(members& of, std::string_view name, const std::string& file) {
    members read(of.any(name));
    part made;
    made.file = read.text("file");
    if (made.file != file) throw bad_member(fmt::format("has {} in another file", name));
    made.bytes = read.number("bytes");
    made.hash = read.parsed_by(util::parse_sha256, "sha256");
    made.content_bytes = read.number("contentBytes");
    made.content_hash = read.parsed_by(util::parse_sha256, "contentSha256");
    made.count = read.number("count");
    read.require_all_known();
    return made;
}

void check_format(const boost::json::value& read) {
    const auto* object = read.if_object();
    const auto* format = object == nullptr ? nullptr : object->if_contains("format");
    if (format == nullptr || !format->is_string() || format->get_string() != format_name) {
        throw archive_error(std::string(manifest_file) + " is not one of a backup of Palabre");
    }
    const auto version = members(read).number("version");
    if (version > format_version) {
        throw archive_error(fmt::format(
            "the backup has format version {} and this program knows versions up to {}: use a "
            "newer palabre",
            version,
            format_version
        ));
    }
    if (version == 0) throw bad_member("has version 0, which never was");
}

manifest manifest_of(members& of) {
    manifest made;
    static_cast<void>(of.any("format"));
    static_cast<void>(of.any("version"));
    static_cast<void>(of.any("checksum"));
    made.made_at = of.time("madeAt");
    made.program = of.text("program");
    members parts(of.any("parts"));
    made.comments = part_of(parts, "comments", made.comments.file);
    made.audit = part_of(parts, "audit", made.audit.file);
    made.sections = part_of(parts, "sections", made.sections.file);
    made.keys = part_of(parts, "keys", made.keys.file);
    made.settings = part_of(parts, "settings", made.settings.file);
    if (parts.has("site")) made.site = part_of(parts, "site", std::string(site_file_name));
    parts.require_all_known();
    of.require_all_known();
    return made;
}

}  // namespace

std::uint64_t manifest::bytes() const noexcept {
    std::uint64_t all = 0;
    for (const auto* each : {&comments, &audit, &sections, &keys, &settings})
        all += each->bytes;
    return all + (site ? site->bytes : 0);
}

std::vector<const part*> manifest::parts() const {
    std::vector all{&comments, &audit, &sections, &keys, &settings};
    if (site) all.push_back(&*site);
    return all;
}

std::string to_json(const manifest& of) {
    std::string text;
    {
        json_object written(text);
        written.add("format", format_name);
        written.add("version", format_version);
        written.add("madeAt", to_rfc3339(of.made_at));
        written.add("program", of.program);
        json_object parts(written.add_raw("parts"));
        append_part(parts.add_raw("comments"), of.comments);
        append_part(parts.add_raw("audit"), of.audit);
        append_part(parts.add_raw("sections"), of.sections);
        append_part(parts.add_raw("keys"), of.keys);
        append_part(parts.add_raw("settings"), of.settings);
        if (of.site) append_part(parts.add_raw("site"), *of.site);
    }
    return sealed(std::move(text));
}

manifest parse_manifest(std::string_view text) try {
    boost::json::error_code error;
    const auto read = boost::json::parse(text.substr(0, manifest_bytes_max), error);
    if (error || text.size() > manifest_bytes_max) {
        throw archive_error(std::string(manifest_file) + " cannot be read: it is damaged");
    }
    check_format(read);
    require_seal(text);
    members of(read);
    return manifest_of(of);
} catch (const bad_member& wrong) {
    throw archive_error(fmt::format("{} {}", manifest_file, wrong.what()));
}

manifest read_manifest(blob_store& from, const std::string& backup) {
    const auto reader = from.get(fmt::format("{}/{}", backup, manifest_file));
    if (!reader) throw archive_error(std::string(manifest_file) + " is missing");
    std::string text;
    std::array<char, 4096> some{};
    while (const auto got = reader->read(some)) {
        text.append(some.data(), got);
        if (text.size() > manifest_bytes_max) break;
    }
    return parse_manifest(text);
}

part_reader open_part(blob_store& from, const std::string& backup, const part& expected) {
    return {expected, from.get(fmt::format("{}/{}", backup, expected.file))};
}

}  // namespace palabre::archive
