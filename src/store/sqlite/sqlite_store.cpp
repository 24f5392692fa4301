// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/folder_use.hpp"
#include "store/sqlite/open_file.hpp"
#include "store/sqlite/record_reader.hpp"

#include <algorithm>

namespace palabre::store {
namespace {

// Comments of an import that go into one write: enough to make the commit cheap, few enough that a
// reader's post does not wait long behind them.
constexpr std::size_t import_comments_per_write = 500;

// Each post takes one key away at most and brings one, so two a post wear any backlog down, and a
// post never pays for more.
constexpr std::int64_t keys_forgotten_per_post = 2;

template <class handle>
void in_parts(std::span<const comment> all, const handle& each) {
    for (std::size_t at = 0; at < all.size(); at += import_comments_per_write) {
        each(all.subspan(at, std::min(import_comments_per_write, all.size() - at)));
    }
}

}  // namespace

sqlite_store::sqlite_store(const sqlite_options& options, const clock& wall)
    : wall_(wall),
      file_(std::filesystem::absolute(options.file)),
      busy_wait_(options.busy_wait),
      in_use_(share_folder_of(options.file)),
      writer_(
          open_for_writing(options.file, options.busy_wait),
          {options.batch_writes_max, options.foreign_check_every, options.observer}
      ),
      readers_(options.file, options.readers, options.busy_wait) {}

post_answer sqlite_store::post(
    const comment& draft, const std::optional<idempotency_record>& once
) {
    post_answer answer{post_status::stored, std::nullopt};
    writer_.write([&](write_session& session, std::vector<std::string>& changed) {
        const timestamp now = wall_.now();
        answer = session.post(draft, once, now, changed);
        if (once) session.forget_expired(now, keys_forgotten_per_post);
    });
    return answer;
}

std::size_t sqlite_store::add_missing(std::span<const comment> batch) {
    std::size_t added = 0;
    in_parts(batch, [&](std::span<const comment> part) {
        writer_.write([&](write_session& session, std::vector<std::string>& changed) {
            added += session.add_missing(part, changed);
        });
    });
    return added;
}

std::optional<comment> sqlite_store::find(const comment_id& id) {
    return readers_.take()->find(id);
}

std::optional<comment> sqlite_store::find_any(const comment_id& id) {
    return readers_.take()->find_any(id);
}

page sqlite_store::list(const page_query& query) {
    return readers_.take()->list(query);
}

std::vector<section_count> sqlite_store::counts(std::span<const std::string> sections) {
    return readers_.take()->counts(sections);
}

std::vector<section_count> sqlite_store::largest_sections(std::size_t limit) {
    return readers_.take()->largest_sections(limit);
}

std::uint64_t sqlite_store::count_held() {
    return readers_.take()->count_held();
}

std::vector<comment> sqlite_store::list_rendered_by_others(
    std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
) {
    return readers_.take()->list_rendered_by_others(current, after, limit);
}

void sqlite_store::replace_html(std::span<const comment> rendered) {
    in_parts(rendered, [&](std::span<const comment> part) {
        writer_.write([&](write_session& session, std::vector<std::string>& changed) {
            session.replace_html(part, changed);
        });
    });
}

void sqlite_store::read_all(record_sink& to) {
    read_all_records(*open_for_reading(file_, busy_wait_), to);
}

void sqlite_store::check() {
    readers_.take()->check();
}

void sqlite_store::check_writing() {
    if (const auto trouble = writer_.trouble()) throw store_error(*trouble);
}

}  // namespace palabre::store
