// SPDX-License-Identifier: Apache-2.0
#include "service/import_comments.hpp"

#include "core/draft.hpp"
#include "core/text.hpp"
#include "markup/render.hpp"
#include "service/import_plan.hpp"
#include "service/one_line.hpp"

#include <limits>
#include <optional>
#include <utility>

namespace palabre {

namespace {

// One transaction: long enough that its fsync hardly counts, and short enough that posts do not
// wait for it. The bytes bound what a batch of huge comments holds in memory.
constexpr std::size_t batch_comments_max = 500;
constexpr std::size_t batch_bytes_max = 4 * 1024 * 1024;

// The second reading: comments as we keep them, stored in batches.
class import_writer {
public:
    import_writer(
        const import_plan& plan, comment_store& store, const limits& allowed, import_report& report
    )
        : plan_(plan), store_(store), allowed_(allowed), report_(report) {}

    void take(const foreign_comment& c, const comment_source& from);
    void finish();

private:
    [[nodiscard]] comment convert(
        const foreign_comment& c, const plan_entry& place, const comment_source& from
    );
    [[nodiscard]] std::string author_of(const foreign_comment& c);
    [[nodiscard]] std::optional<std::string> website_of(const foreign_comment& c);
    void flush();

    const import_plan& plan_;
    comment_store& store_;
    const limits& allowed_;
    import_report& report_;
    std::size_t next_ = 0;
    std::vector<comment> batch_;
    std::size_t batch_bytes_ = 0;
};

[[noreturn]] void fail_as_changed() {
    throw source_error(
        "the export changed while it was being read; import it again when nothing writes to it "
        "(comments that were stored already will not be doubled)"
    );
}

void import_writer::take(const foreign_comment& c, const comment_source& from) {
    if (next_ >= plan_.entries().size()) fail_as_changed();
    const auto& place = plan_.entries()[next_++];
    if (place.content != content_of(c)) fail_as_changed();
    if (!place.kept) return;
    batch_.push_back(convert(c, place, from));
    batch_bytes_ += batch_.back().text.size() + batch_.back().html.size();
    if (batch_.size() >= batch_comments_max || batch_bytes_ >= batch_bytes_max) flush();
}

void import_writer::finish() {
    if (next_ != plan_.entries().size()) fail_as_changed();
    flush();
}

void import_writer::flush() {
    if (batch_.empty()) return;
    const auto added = store_.add_missing(batch_);
    report_.added += added;
    report_.already_there += batch_.size() - added;
    batch_.clear();
    batch_bytes_ = 0;
}

comment import_writer::convert(
    const foreign_comment& c, const plan_entry& place, const comment_source& from
) {
    comment out;
    out.id = place.id;
    out.section = plan_.section_name(place);
    out.at = c.at;
    out.author = author_of(c);
    out.text = to_markdown(c, from.newlines());
    // from_html bounds the depth of what it writes, whatever the owner's limit for new comments.
    out.html = markup::render(out.text, std::numeric_limits<std::uint32_t>::max()).value();
    out.renderer = markup::renderer_version;
    if (place.parent != no_entry) out.parent = plan_.entries()[place.parent].id;
    out.depth = place.depth;
    out.website = website_of(c);
    out.state = c.held ? comment_state::held : comment_state::published;
    if (c.held) ++report_.held;
    if (count_characters(out.text) > allowed_.text_characters) ++report_.long_texts;
    return out;
}

std::string import_writer::author_of(const foreign_comment& c) {
    auto name = clean_line(c.author);
    if (is_invisible(name)) {
        ++report_.unnamed_authors;
        return std::string(anonymous_author);
    }
    if (count_characters(name) <= allowed_.author_characters) return name;
    ++report_.cut_authors;
    return shorten(name, allowed_.author_characters);
}

std::optional<std::string> import_writer::website_of(const foreign_comment& c) {
    const auto url = trim(c.website);
    if (url.empty()) return std::nullopt;
    if (is_website(url) && count_characters(url) <= allowed_.website_characters)
        return std::string(url);
    ++report_.dropped_websites;
    return std::nullopt;
}

}  // namespace

import_comments::import_comments(comment_store& store, const limits& allowed)
    : store_(store), allowed_(allowed) {}

import_report import_comments::run(
    comment_source& from, const std::function<void(const import_progress&)>& progress
) {
    const auto total = from.size_bytes();
    const auto tell = [&](import_progress::stage at) {
        return [&progress, at, total](std::uint64_t bytes) {
            if (progress) progress({.at = at, .bytes = bytes, .bytes_total = total});
        };
    };

    import_report report;
    report.engine = from.engine();
    import_plan plan(report);
    from.read(
        [&](foreign_comment&& c) { plan.add(c, from); }, tell(import_progress::stage::checking)
    );
    plan.place_all(allowed_.reply_depth);
    report.sections = plan.sections();

    import_writer writer(plan, store_, allowed_, report);
    from.read(
        [&](foreign_comment&& c) { writer.take(c, from); }, tell(import_progress::stage::storing)
    );
    writer.finish();
    return report;
}

}  // namespace palabre
