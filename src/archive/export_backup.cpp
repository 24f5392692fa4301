// SPDX-License-Identifier: Apache-2.0
#include "archive/export_backup.hpp"

#include "archive/manifest.hpp"
#include "archive/members.hpp"
#include "archive/sealed.hpp"
#include "archive/site.hpp"
#include "ports/blob_name.hpp"
#include "util/json_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace palabre::archive {
namespace {

using util::json_object;

constexpr std::uint64_t version = 1;

boost::json::value parse(std::string_view text) {
    boost::json::error_code failed;
    auto value = boost::json::parse(text, failed);
    if (failed) throw bad_member("cannot be read: it is damaged");
    return value;
}

bool is_of_export(const boost::json::value& read) {
    const auto* object = read.if_object();
    const auto* format = object == nullptr ? nullptr : object->if_contains("format");
    return format != nullptr && format->is_string() && format->get_string() == export_backup_format;
}

site_list site_of(const boost::json::value& json) {
    members read(json);
    site_list made;
    made.count = read.number("count", site_files_max);
    made.bytes = read.number("bytes", site_list_bytes_max);
    made.hash = read.parsed_by(util::parse_sha256, "sha256");
    read.require_all_known();
    return made;
}

export_backup backup_of(members& of) {
    export_backup made;
    static_cast<void>(of.any("format"));
    if (of.number("version") != version) throw bad_member("is of a newer palabre: use one");
    static_cast<void>(of.any("checksum"));
    made.made_at = of.time("madeAt");
    made.program = of.text("program");
    members exported(of.any("export"));
    made.folder = exported.text("folder");
    if (!is_blob_name(made.folder)) throw bad_member("names a folder that is none");
    made.table = exported.text("table");
    made.items = exported.number("items");
    made.files = exported.number("files");
    made.summary_hash = exported.parsed_by(util::parse_sha256, "summarySha256");
    made.files_hash = exported.parsed_by(util::parse_sha256, "filesSha256");
    exported.require_all_known();
    if (of.has("site")) made.site = site_of(of.any("site"));
    of.require_all_known();
    return made;
}

listed_site_file file_of(const boost::json::value& json) {
    members read(json);
    listed_site_file made;
    made.path = read.text("path");
    if (const auto problem = find_path_problem(made.path); !problem.empty())
        throw bad_member(fmt::format("names a file whose path {}", problem));
    made.bytes = read.number("bytes");
    made.etag = read.text("etag");
    read.require_all_known();
    return made;
}

std::string read_up_to(blob_reader& from, std::size_t bytes_max) {
    std::string text;
    std::array<char, 4096> some{};
    while (const auto got = from.read(some)) {
        text.append(some.data(), got);
        if (text.size() > bytes_max) break;
    }
    return text;
}

}  // namespace

std::string to_json(const export_backup& of) {
    std::string text;
    {
        json_object written(text);
        written.add("format", export_backup_format);
        written.add("version", version);
        written.add("madeAt", to_rfc3339(of.made_at));
        written.add("program", of.program);
        {
            json_object exported(written.add_raw("export"));
            exported.add("folder", of.folder);
            exported.add("table", of.table);
            exported.add("items", of.items);
            exported.add("files", of.files);
            exported.add("summarySha256", util::to_hex(of.summary_hash));
            exported.add("filesSha256", util::to_hex(of.files_hash));
        }
        if (of.site) {
            json_object site(written.add_raw("site"));
            site.add("count", of.site->count);
            site.add("bytes", of.site->bytes);
            site.add("sha256", util::to_hex(of.site->hash));
        }
    }
    return sealed(std::move(text));
}

export_backup parse_export_backup(std::string_view text) try {
    if (text.size() > manifest_bytes_max) throw bad_member("cannot be read: it is damaged");
    const auto read = parse(text);
    if (!is_of_export(read)) throw bad_member("is not one of an export");
    require_seal(text);
    members of(read);
    return backup_of(of);
} catch (const bad_member& wrong) {
    throw archive_error(fmt::format("{} {}", manifest_file, wrong.what()));
}

std::optional<export_backup> find_export_backup(blob_store& from, const std::string& backup) {
    const auto reader = from.get(fmt::format("{}/{}", backup, manifest_file));
    if (!reader) return std::nullopt;
    const auto text = read_up_to(*reader, manifest_bytes_max);
    boost::json::error_code failed;
    const auto read = boost::json::parse(text, failed);
    if (failed || !is_of_export(read)) return std::nullopt;
    return parse_export_backup(text);
}

void append_line(std::string& to, const listed_site_file& each) {
    {
        json_object written(to);
        written.add("path", each.path);
        written.add("bytes", each.bytes);
        written.add("etag", each.etag);
    }
    to.push_back('\n');
}

std::vector<listed_site_file> parse_site_list(std::string_view text) {
    std::vector<listed_site_file> made;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        try {
            made.push_back(file_of(parse(text.substr(0, end))));
        } catch (const bad_member& wrong) {
            throw archive_error(
                fmt::format("{} line {} {}", site_list_file, made.size() + 1, wrong.what())
            );
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return made;
}

std::string blob_name_of(const listed_site_file& each) {
    const auto sum = util::sha256_of_fields({each.path, std::to_string(each.bytes), each.etag});
    return fmt::format("{}/{}", site_files_folder, util::to_hex(sum));
}

}  // namespace palabre::archive
