// SPDX-License-Identifier: Apache-2.0
// An export whose sums are right, whatever it holds: the first byte says which file the rest is.
#include "archive/record_json.hpp"
#include "store/export/read_export.hpp"
#include "util/base64url.hpp"
#include "util/compress.hpp"
#include "util/md5.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace {

using namespace palabre;

void must(bool held) {
    if (!held) std::abort();
}

class text_reader final : public blob_reader {
public:
    explicit text_reader(std::string_view bytes) : bytes_(bytes) {}
    std::size_t read(std::span<char> into) override {
        const auto count = std::min(into.size(), bytes_.size());
        std::copy_n(bytes_.data(), count, into.data());
        bytes_.remove_prefix(count);
        return count;
    }

private:
    std::string_view bytes_;
};

class texts final : public blob_store {
public:
    std::map<std::string, std::string, std::less<>> all;

    std::unique_ptr<blob_writer> put(std::string_view) override { std::abort(); }
    std::unique_ptr<blob_reader> get(std::string_view name) override {
        const auto found = all.find(name);
        if (found == all.end()) return nullptr;
        return std::make_unique<text_reader>(found->second);
    }
    std::vector<blob_entry> list(std::string_view) override { std::abort(); }
    void move(std::string_view, std::string_view, std::string_view) override { std::abort(); }
    void remove(std::string_view, std::string_view) override { std::abort(); }
};

// What it is given could be backed up again, and comes in order.
class checking_sink final : public record_sink {
    void put_closed_section(std::string_view section) override {
        must(!archive::find_section_problem(section));
    }
    void put_comment(const comment& each) override {
        must(!archive::find_problem(each) && last_ < each.id);
        last_ = each.id;
    }
    void put_audit_entry(const audit_entry& each) override { must(!archive::find_problem(each)); }
    void put_key(const api_key& each) override { must(!archive::find_problem(each)); }
    void finish() override { std::abort(); }

    comment_id last_{};
};

constexpr std::string_view id = "AWSDynamoDB/1-a";

void put_manifest(texts& to, const std::string& stem, const std::string& text) {
    to.all[std::string(id) + "/" + stem + ".json"] = text;
    to.all[std::string(id) + "/" + stem + ".md5"] = util::to_base64(util::md5(text));
}

texts export_of(const std::string& packed, std::uint64_t items) {
    texts made;
    made.all[std::string(id) + "/data/a.json.gz"] = packed;
    const auto count = std::to_string(items);
    put_manifest(
        made,
        "manifest-files",
        "{\"itemCount\":" + count + ",\"md5Checksum\":\"" + util::to_base64(util::md5(packed)) +
            "\",\"dataFileS3Key\":\"AWSDynamoDB/1-a/data/a.json.gz\"}\n"
    );
    put_manifest(
        made,
        "manifest-summary",
        R"({"exportTime":"2020-11-04T07:28:34.028Z","tableArn":"a","outputFormat":"DYNAMODB_JSON",)"
        R"("manifestFilesS3Key":"AWSDynamoDB/1-a/manifest-files.json","itemCount":)" +
            count + "}"
    );
    return made;
}

std::uint64_t count_lines(std::string_view text) {
    const auto ended = static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
    return ended + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
    auto from = export_of(util::gzip("", util::effort::quick), 0);
    switch (*data) {
        case 'd':
            from = export_of(util::gzip(text, util::effort::quick), count_lines(text));
            break;
        case 'g':
            from = export_of(text, 1);
            break;
        case 'f':
            put_manifest(from, "manifest-files", text);
            break;
        default:
            put_manifest(from, "manifest-summary", text);
    }
    const auto work =
        std::filesystem::temp_directory_path() / ("palabre-fuzz-" + std::to_string(::getpid()));
    checking_sink to;
    const std::string name(id);
    try {
        const auto of = archive::read_export_manifest(from, name);
        store::read_export(from, name, of, work, to);
    } catch (const archive::export_error& error) {
        must(*error.what() != '\0');
    }
    must(!std::filesystem::exists(work));
    return 0;
}
