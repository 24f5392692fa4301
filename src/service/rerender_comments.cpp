// SPDX-License-Identifier: Apache-2.0
#include "service/rerender_comments.hpp"

#include "markup/render.hpp"

#include <limits>
#include <optional>
#include <vector>

namespace palabre {
namespace {

// One transaction's worth: short enough that posts never wait for it noticeably.
constexpr std::size_t batch_size = 200;

// A text stored under older limits may nest deeper than today's. It was taken then, so it is shown
// now, by today's rules: keeping the old HTML would keep the old renderer's faults.
void render_anew(comment& stale) {
    stale.html = markup::render(stale.text, std::numeric_limits<std::uint32_t>::max()).value();
    stale.renderer = markup::renderer_version;
}

}  // namespace

std::uint64_t rerender_comments(comment_store& store, const std::stop_token& stop) {
    std::uint64_t rendered = 0;
    std::optional<comment_id> after;
    while (!stop.stop_requested()) {
        auto batch = store.list_rendered_by_others(markup::renderer_version, after, batch_size);
        if (batch.empty()) break;
        for (comment& stale : batch)
            render_anew(stale);
        store.replace_html(batch);
        rendered += batch.size();
        after = batch.back().id;
    }
    return rendered;
}

void rerender_before_showing(comment_store& store, std::span<comment> shown) {
    std::vector<comment> stale;
    for (comment& each : shown) {
        const bool has_words = each.state != comment_state::deleted;
        if (!has_words || each.renderer >= markup::renderer_version) continue;
        render_anew(each);
        stale.push_back(each);
    }
    if (stale.empty()) return;
    try {
        store.replace_html(stale);
    } catch (const store_error&) {
        return;  // a full disk, throttling: what is shown is right all the same
    }
}

}  // namespace palabre
