// SPDX-License-Identifier: Apache-2.0
#include "archive/dynamodb_export.hpp"

#include "archive/members.hpp"
#include "util/base64url.hpp"
#include "util/md5.hpp"
#include "util/sha256.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace palabre::archive {
namespace {

// Keys name the whole way within the bucket, with or without the prefix of the export. Only what
// stands behind this counts: an export may have been copied elsewhere.
constexpr std::string_view folder_of_exports = "AWSDynamoDB/";

[[noreturn]] void fail(std::string_view file, std::string_view what) {
    throw export_error(fmt::format("{} {}", file, what));
}

std::optional<std::string> read_whole(
    blob_store& in, const std::string& name, std::string_view file, std::size_t bytes_max
) {
    const auto reader = in.get(name + "/" + std::string(file));
    if (!reader) return std::nullopt;
    std::string all;
    std::array<char, 8192> some{};
    while (const auto got = reader->read(some)) {
        all.append(some.data(), got);
        if (all.size() > bytes_max) fail(file, "is too long for a manifest");
    }
    return all;
}

// Beside a manifest stands its sum: "manifest-summary.md5" for many years, ".checksum" in the
// guide of today.
void check_sum(
    blob_store& in, const std::string& name, std::string_view file, const std::string& text
) {
    constexpr std::size_t sum_bytes_max = 1024;
    const std::string_view stem = file.substr(0, file.rfind('.'));
    for (const char* ending : {".md5", ".checksum"}) {
        const auto sum_file = std::string(stem) + ending;
        auto sum = read_whole(in, name, sum_file, sum_bytes_max);
        if (!sum) continue;
        while (!sum->empty() && (sum->back() == '\n' || sum->back() == '\r'))
            sum->pop_back();
        if (const auto told = util::from_base64(*sum); told && told->size() == 16) {
            if (*told == util::md5(text)) return;
        } else if (told && told->size() == 32) {
            const auto ours = util::sha256(text);
            if (std::equal(ours.begin(), ours.end(), told->begin(), [](auto one, char other) {
                    return one == static_cast<unsigned char>(other);
                })) {
                return;
            }
        }
        fail(file, fmt::format("is not what {} says: it was changed or damaged", sum_file));
    }
    fail(file, "has no sum beside it: copy the whole export");
}

std::string read_checked(
    blob_store& in, const std::string& name, std::string_view file, std::size_t bytes_max
) {
    auto text = read_whole(in, name, file, bytes_max);
    if (!text)
        fail(file, "is missing: an export without it has not ended, or was not copied whole");
    check_sum(in, name, file, *text);
    return *std::move(text);
}

boost::json::value parse_json(std::string_view text) {
    boost::system::error_code failed;
    auto value = boost::json::parse(text, failed);
    if (failed) throw bad_member("is no JSON: " + failed.message());
    return value;
}

// "prefix/AWSDynamoDB/ID/data/x.json.gz" → "data/x.json.gz", when ID is that of this export.
std::string name_in_export(const std::string& key, std::string_view id) {
    const auto at = key.rfind(folder_of_exports);
    if (at == std::string::npos) throw bad_member("names a file outside of any export");
    const auto rest = std::string_view(key).substr(at + folder_of_exports.size());
    if (!rest.starts_with(id) || rest.substr(id.size(), 1) != "/")
        throw bad_member("names a file of another export");
    return std::string(rest.substr(id.size() + 1));
}

export_manifest read_summary(const std::string& text, std::string_view id) {
    const auto json = parse_json(text);
    members read(json);
    if (const auto format = read.text("outputFormat"); format != "DYNAMODB_JSON") {
        throw bad_member(
            fmt::format("is of an export as {}; DYNAMODB_JSON is what can be read", format)
        );
    }
    const bool is_full = !read.has("exportType") || read.any("exportType").is_null() ||
                         read.text("exportType") == "FULL_EXPORT";
    if (!is_full) throw bad_member("is of an export of changes; one of the full table is needed");
    if (name_in_export(read.text("manifestFilesS3Key"), id) != export_files_file)
        throw bad_member("names another list of files");
    export_manifest made;
    made.at = read.time("exportTime");
    made.table_arn = read.text("tableArn");
    made.items = read.number("itemCount");
    return made;
}

export_file read_file(std::string_view line, std::string_view id) {
    const auto json = parse_json(line);
    members read(json);
    export_file made;
    made.name = name_in_export(read.text("dataFileS3Key"), id);
    if (!made.name.starts_with("data/") || made.name.find("..") != std::string::npos)
        throw bad_member("names a file that is none of data");
    made.items = read.number("itemCount");
    made.md5 = read.parsed_by(util::from_base64, "md5Checksum");
    if (made.md5.size() != 16) throw bad_member("has an md5Checksum that is none");
    made.etag = read.maybe_text("etag").value_or("");
    return made;
}

std::vector<export_file> read_files(std::string_view text, std::string_view id) {
    std::vector<export_file> made;
    for (std::uint64_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty()) continue;
        try {
            made.push_back(read_file(line, id));
        } catch (const bad_member& error) {
            fail(export_files_file, fmt::format("line {} {}", number, error.what()));
        }
    }
    return made;
}

}  // namespace

bool is_export(blob_store& in, const std::string& name) {
    return in.get(name + "/" + std::string(export_summary_file)) != nullptr;
}

export_manifest read_export_manifest(blob_store& in, const std::string& name) {
    const auto id = std::string_view(name).substr(name.rfind('/') + 1);
    const auto summary = read_checked(in, name, export_summary_file, export_summary_bytes_max);
    export_manifest made;
    try {
        made = read_summary(summary, id);
    } catch (const bad_member& error) {
        fail(export_summary_file, error.what());
    }
    made.files = read_files(read_checked(in, name, export_files_file, export_files_bytes_max), id);
    std::uint64_t items = 0;
    for (const auto& file : made.files)
        items += file.items;
    if (items != made.items) {
        fail(
            export_files_file,
            fmt::format("lists {} items, and {} says {}", items, export_summary_file, made.items)
        );
    }
    return made;
}

}  // namespace palabre::archive
