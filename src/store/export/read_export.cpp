// SPDX-License-Identifier: Apache-2.0
#include "store/export/read_export.hpp"

#include "archive/record_json.hpp"
#include "imports/gunzip_stream.hpp"
#include "ports/comment_source.hpp"
#include "ports/comment_store.hpp"
#include "store/dynamodb/items.hpp"
#include "store/dynamodb/table.hpp"
#include "store/export/sorted_items.hpp"
#include "util/md5.hpp"
#include "util/sha256.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace palabre::store {
namespace {

using dynamodb::item;
using kind = sorted_items::kind;
namespace attribute = dynamodb::attribute;
namespace prefix = dynamodb::prefix;

// A file as it is stored, summed on its way.
class stored_file final : public imports::byte_stream {
public:
    stored_file(std::unique_ptr<blob_reader> from, util::md5_stream& sum)
        : from_(std::move(from)), sum_(sum) {}
    std::size_t read(std::span<char> into) override {
        const auto got = from_->read(into);
        sum_.add({into.data(), got});
        taken_ += got;
        return got;
    }
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept override { return taken_; }

private:
    const std::unique_ptr<blob_reader> from_;
    util::md5_stream& sum_;
    std::uint64_t taken_ = 0;
};

// A clause about one line.
class bad_item : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

item parse_line(std::string_view line) {
    boost::system::error_code failed;
    auto value = boost::json::parse(line, failed);
    if (failed) throw bad_item("is no JSON: " + failed.message());
    auto* object = value.if_object();
    auto* found = object != nullptr ? object->if_contains("Item") : nullptr;
    if (found == nullptr || !found->is_object()) throw bad_item("holds no item");
    return std::move(found->get_object());
}

// Times and ids of one length, so that bytes sort as the values do.
std::string place_of(timestamp at, std::string_view id) {
    constexpr std::int64_t above_all_dates = std::int64_t{1} << 60;
    return fmt::format("{:020}{}", at.ms + above_all_dates, id);
}

void require(const std::optional<std::string>& problem, std::string_view what) {
    if (problem) throw bad_item(fmt::format("holds {} that {}", what, *problem));
}

// Where a line stands among the records; none for what is made again, or forgotten.
std::optional<std::pair<kind, std::string>> place_of(const item& each) {
    const auto id = dynamodb::text_of(each, attribute::id);
    if (dynamodb::is_comment(each)) {
        const auto read = dynamodb::read_comment(each);
        require(archive::find_problem(read), "a comment");
        return std::pair(kind::comment, to_string(read.id));
    }
    if (id.starts_with(prefix::audit)) {
        const auto read = dynamodb::read_audit_entry(each);
        require(archive::find_problem(read), "an audit entry");
        return std::pair(kind::entry, place_of(read.at, to_string(read.id)));
    }
    if (id.starts_with(prefix::key)) {
        const auto read = dynamodb::read_key(each);
        require(archive::find_problem(read), "an API key");
        return std::pair(kind::key, place_of(read.made_at, read.id));
    }
    if (id.starts_with(prefix::section)) {
        if (!dynamodb::flag_of(each, attribute::closed)) return std::nullopt;
        const std::string name(dynamodb::name_in_id(each, prefix::section));
        require(archive::find_section_problem(name), "a section");
        return std::pair(kind::section, name);
    }
    for (const auto known : {prefix::once, prefix::replies, prefix::quota})
        if (id.starts_with(known)) return std::nullopt;
    throw bad_item(fmt::format("holds an item of a kind that is not known, \"{}\"", id));
}

// All lines of one file, and nothing after them.
class file_lines {
public:
    file_lines(const export_file& of, sorted_items& to) : of_(of), to_(to) {}

    void take(std::string_view bytes) {
        for (auto end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n')) {
            rest_.append(bytes.substr(0, end));
            take_line();
            bytes.remove_prefix(end + 1);
        }
        rest_.append(bytes);
        if (rest_.size() > export_line_bytes_max) fail("is longer than any item may be");
    }

    void finish() {
        if (!rest_.empty()) take_line();
        if (items_ != of_.items) {
            throw export_error(fmt::format(
                "{} has {} items, and {} says {}", of_.name, items_, export_files_file, of_.items
            ));
        }
    }

private:
    void take_line() {
        ++items_;
        const auto place = checked_place();
        if (place) to_.add(place->first, place->second, rest_);
        rest_.clear();
    }
    [[nodiscard]] std::optional<std::pair<kind, std::string>> checked_place() const {
        try {
            return place_of(parse_line(rest_));
        } catch (const bad_item& error) {
            fail(error.what());
        } catch (const store_error& error) {
            fail(fmt::format("cannot be read: {}", error.what()));
        }
    }
    [[noreturn]] void fail(std::string_view what) const {
        throw export_error(fmt::format("{} line {} {}", of_.name, items_, what));
    }

    const export_file& of_;
    sorted_items& to_;
    std::string rest_;  // of a line that has not ended yet
    std::uint64_t items_ = 0;
};

// S3's ETag is the sum of what was sent at once, or the sum of the sums of its parts; what else it
// may be (of objects encrypted by a key of KMS) nobody can compute.
bool fits_etag(const std::string& sum, const std::string& etag) {
    constexpr std::size_t digits = 32;
    if (etag.size() != digits && !etag.ends_with("-1")) return true;
    const auto told = std::string_view(etag).substr(0, digits);
    return told == util::to_hex(sum) || told == util::to_hex(util::md5(sum));
}

void load_file(
    blob_store& from, const std::string& name, const export_file& file, sorted_items& to
) {
    auto reader = from.get(name + "/" + file.name);
    if (!reader) throw export_error(fmt::format("{} is missing: copy the whole export", file.name));
    util::md5_stream sum;
    file_lines lines(file, to);
    try {
        imports::gunzip_stream content(std::make_unique<stored_file>(std::move(reader), sum));
        std::vector<char> some(std::size_t{64} * 1024);
        while (const auto got = content.read(some))
            lines.take({some.data(), got});
    } catch (const source_error& error) {
        throw export_error(fmt::format("{}: {}", file.name, error.what()));
    }
    lines.finish();
    const auto told = sum.finish();
    if (told != file.md5 || !fits_etag(told, file.etag)) {
        throw export_error(fmt::format(
            "{} is not what {} says: it was changed or damaged", file.name, export_files_file
        ));
    }
}

}  // namespace

export_counts read_export(
    blob_store& from,
    const std::string& name,
    const export_manifest& of,
    const std::filesystem::path& work_file,
    record_sink& to
) {
    sorted_items items(work_file);
    for (const auto& file : of.files)
        load_file(from, name, file, items);
    export_counts counts;
    const bool each_once = items.give_all([&](kind what, std::string_view line) {
        const auto each = parse_line(line);
        switch (what) {
            case kind::section:
                ++counts.closed_sections;
                return to.put_closed_section(dynamodb::name_in_id(each, prefix::section));
            case kind::comment:
                ++counts.comments;
                return to.put_comment(dynamodb::read_comment(each));
            case kind::entry:
                ++counts.entries;
                return to.put_audit_entry(dynamodb::read_audit_entry(each));
            case kind::key:
                ++counts.keys;
                return to.put_key(dynamodb::read_key(each));
        }
    });
    if (!each_once)
        throw export_error("the export holds an item twice: it was put together by hand");
    return counts;
}

}  // namespace palabre::store
