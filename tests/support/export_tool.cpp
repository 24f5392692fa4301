// SPDX-License-Identifier: Apache-2.0
#include "support/export_tool.hpp"

#include "imports/byte_stream.hpp"
#include "store/dynamodb/items.hpp"
#include "util/base64url.hpp"
#include "util/compress.hpp"
#include "util/md5.hpp"
#include "util/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace palabre::test {
namespace {

std::uint64_t count_lines(const std::string& packed) {
    const imports::memory_input input(packed);
    const auto content = input.open();
    std::uint64_t count = 0;
    std::array<char, 4096> some{};
    while (const auto got = content->read(some))
        count += static_cast<std::uint64_t>(
            std::count(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(got), '\n')
        );
    return count;
}

void put_with_sum(blob_store& to, const std::string& stem, const std::string& text) {
    put_object(to, stem + ".json", text);
    put_object(to, stem + ".md5", util::to_base64(util::md5(text)));
}

std::string packed(std::span<const std::string> lines) {
    std::string text;
    for (const auto& line : lines)
        text += line + "\n";
    return util::gzip(text, util::effort::quick);
}

}  // namespace

void put_object(blob_store& to, const std::string& name, const std::string& bytes) {
    const auto writer = to.put(name);
    writer->write(bytes);
    writer->commit();
}

std::string get_object(blob_store& from, const std::string& name) {
    const auto reader = from.get(name);
    if (!reader) return "";
    std::string all;
    std::array<char, 4096> some{};
    while (const auto got = reader->read(some))
        all.append(some.data(), got);
    return all;
}

void write_export_manifests(blob_store& in, const std::string& name) {
    std::string files;
    std::uint64_t items = 0;
    for (const auto& each : in.list(name + "/data/")) {
        const auto bytes = get_object(in, each.name);
        const auto count = count_lines(bytes);
        const auto sum = util::md5(bytes);
        items += count;
        files += fmt::format(
            R"({{"itemCount":{},"md5Checksum":"{}","etag":"{}-1","dataFileS3Key":"{}"}})",
            count,
            util::to_base64(sum),
            util::to_hex(util::md5(sum)),
            each.name
        );
        files += '\n';
    }
    put_with_sum(in, name + "/manifest-files", files);
    const auto summary = fmt::format(
        R"({{"version":"2020-06-30","exportArn":"arn:aws:dynamodb:eu-west-3:123456789012:table/)"
        R"(CommentairesAlternance/export/1","startTime":"2026-11-04T07:28:34.028Z","endTime":)"
        R"("2026-11-04T07:33:43.897Z","tableArn":"arn:aws:dynamodb:eu-west-3:123456789012:table/)"
        R"(CommentairesAlternance","tableId":"12345a12-abcd-123a-ab12-1234abc12345","exportTime":)"
        R"("2026-11-04T07:28:34.028Z","s3Bucket":"backups","s3Prefix":null,"s3SseAlgorithm":)"
        R"("AES256","s3SseKmsKeyId":null,"manifestFilesS3Key":"{}/manifest-files.json",)"
        R"("billedSizeBytes":0,"itemCount":{},"outputFormat":"DYNAMODB_JSON"}})",
        name,
        items
    );
    put_with_sum(in, name + "/manifest-summary", summary);
}

std::vector<std::string> export_lines(const contract::all_records& of) {
    namespace ddb = store::dynamodb;
    std::vector<std::string> lines;
    const auto add = [&](const std::string& item) { lines.push_back("{\"Item\":" + item + "}"); };
    for (const auto& each : of.comments)
        add(ddb::item_of(each));
    for (const auto& each : of.audit)
        add(ddb::item_of(each));
    for (const auto& each : of.keys)
        add(ddb::item_of(each));
    for (const auto& each : of.closed)
        add(fmt::format(
            R"({{"id":{{"S":"section#{}"}},"published":{{"N":"0"}},"closed":{{"BOOL":true}}}})",
            each
        ));
    add(R"({"id":{"S":"section#open"},"published":{"N":"3"}})");
    add(R"({"id":{"S":"once#00"},"expires":{"N":"3"}})");
    add(R"({"id":{"S":"replies#00000000-0000-7000-8000-000000000001"},"replies":{"N":"3"}})");
    add(R"({"id":{"S":"quota#key-1#20000"},"posts":{"N":"3"}})");
    return lines;
}

void write_export(blob_store& to, const std::string& name, const std::vector<std::string>& lines) {
    // As partitions have them: in no order.
    auto mixed = lines;
    std::ranges::sort(mixed, {}, [](const std::string& line) { return util::sha256(line); });
    const auto half = mixed.size() / 2;
    put_object(to, name + "/_started", "");
    put_object(to, name + "/data/a.json.gz", packed(std::span(mixed).first(half)));
    put_object(to, name + "/data/b.json.gz", packed(std::span(mixed).subspan(half)));
    put_object(to, name + "/data/c.json.gz", packed({}));
    write_export_manifests(to, name);
}

}  // namespace palabre::test
