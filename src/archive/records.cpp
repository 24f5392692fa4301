// SPDX-License-Identifier: Apache-2.0
#include "archive/records.hpp"

#include "archive/record_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace palabre::archive {
namespace {

// Lines gather until there are enough of them to make a call of the compressor worth it.
constexpr std::size_t gathered_bytes = std::size_t{64} * 1024;

// Gives each line of a part, without its line break, and its number from 1.
template <class taker>
void for_each_line(part_reader& from, const taker& take) {
    std::vector<char> some(gathered_bytes);
    std::string rest;  // of a line that has not ended yet
    std::uint64_t number = 0;
    while (const auto got = from.read(some)) {
        std::string_view bytes(some.data(), got);
        for (auto end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n')) {
            rest.append(bytes.substr(0, end));
            take(std::string_view(rest), ++number);
            rest.clear();
            bytes.remove_prefix(end + 1);
        }
        rest.append(bytes);
        if (rest.size() > line_bytes_max) {
            from.fail(fmt::format("has too long a line, number {}", number + 1));
        }
    }
    if (!rest.empty()) from.fail("ends within a line");
    if (number != from.expected().count) {
        from.fail(
            fmt::format("has {} records, and its manifest says {}", number, from.expected().count)
        );
    }
}

// The records of a part: each right by itself, and above the one before.
template <class parser, class position_getter, class taker>
void read_part(
    part_reader from, const parser& parse, const position_getter& place_of, const taker& take
) {
    using record = typename std::invoke_result_t<parser, std::string_view>::value_type;
    using place = std::invoke_result_t<position_getter, const record&>;
    std::optional<place> before;
    for_each_line(from, [&](std::string_view line, std::uint64_t number) {
        const auto read = parse(line);
        if (!read) from.fail(fmt::format("line {} {}", number, read.error()));
        auto here = place_of(*read);
        if (before && here <= *before) {
            from.fail(fmt::format("line {} is out of order, or comes twice", number));
        }
        before = std::move(here);
        take(*read);
    });
}

}  // namespace

class records_writer::lines {
public:
    lines(blob_store& to, const std::string& backup, const std::string& file)
        : to_(file, to.put(backup + "/" + file)) {}

    template <class append>
    void add(const append& write) {
        const auto before = text_.size();
        write(text_);
        if (text_.size() - before > line_bytes_max) {
            throw archive_error(fmt::format("record {} is too long for a backup", count_ + 1));
        }
        ++count_;
        if (text_.size() >= gathered_bytes) flush();
    }

    void finish() {
        flush();
        finished_ = to_.finish(count_);
    }

    [[nodiscard]] const part& finished() const { return finished_; }

private:
    void flush() {
        to_.write(text_);
        text_.clear();
    }

    part_writer to_;
    std::string text_;
    std::uint64_t count_ = 0;
    part finished_;
};

namespace {

void require(const std::optional<std::string>& problem, std::string_view what) {
    if (problem) throw archive_error(fmt::format("{} {}", what, *problem));
}

}  // namespace

records_writer::records_writer(blob_store& to, const std::string& backup) {
    const manifest names;
    sections_ = std::make_unique<lines>(to, backup, names.sections.file);
    comments_ = std::make_unique<lines>(to, backup, names.comments.file);
    audit_ = std::make_unique<lines>(to, backup, names.audit.file);
    keys_ = std::make_unique<lines>(to, backup, names.keys.file);
}

records_writer::~records_writer() = default;

void records_writer::put_closed_section(std::string_view section) {
    require(find_section_problem(section), "a closed section");
    sections_->add([&](std::string& to) { append_section_line(to, section); });
}

void records_writer::put_comment(const comment& each) {
    if (const auto problem = find_problem(each)) require(problem, "comment " + to_string(each.id));
    comments_->add([&](std::string& to) { append_line(to, each); });
}

void records_writer::put_audit_entry(const audit_entry& each) {
    require(find_problem(each), "an audit entry");
    audit_->add([&](std::string& to) { append_line(to, each); });
}

void records_writer::put_key(const api_key& each) {
    require(find_problem(each), "an API key");
    keys_->add([&](std::string& to) { append_line(to, each); });
}

void records_writer::finish() {
    for (auto* each : {&sections_, &comments_, &audit_, &keys_})
        (*each)->finish();
}

void records_writer::describe(manifest& in) const {
    in.sections = sections_->finished();
    in.comments = comments_->finished();
    in.audit = audit_->finished();
    in.keys = keys_->finished();
}

void read_records(
    blob_store& from, const std::string& backup, const manifest& of, record_sink& to
) {
    read_part(
        open_part(from, backup, of.sections),
        parse_section,
        [](const std::string& section) { return section; },
        [&](const std::string& section) { to.put_closed_section(section); }
    );
    read_part(
        open_part(from, backup, of.comments),
        parse_comment,
        [](const comment& each) { return each.id; },
        [&](const comment& each) { to.put_comment(each); }
    );
    read_part(
        open_part(from, backup, of.audit),
        parse_audit_entry,
        [](const audit_entry& each) { return position{each.at, each.id}; },
        [&](const audit_entry& each) { to.put_audit_entry(each); }
    );
    read_part(
        open_part(from, backup, of.keys),
        parse_key,
        [](const api_key& each) { return std::pair(each.made_at, each.id); },
        [&](const api_key& each) { to.put_key(each); }
    );
}

}  // namespace palabre::archive
