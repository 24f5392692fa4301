// SPDX-License-Identifier: Apache-2.0
#include "service/rerender_comments.hpp"

#include "markup/render.hpp"

#include <limits>
#include <optional>
#include <string>

namespace palabre {
namespace {

// One transaction's worth: short enough that posts never wait for it noticeably.
constexpr std::size_t batch_size = 200;

// A text stored under older limits may nest deeper than today's. It was taken then, so it is shown
// now, by today's rules: keeping the old HTML would keep the old renderer's faults.
std::string render_again(const comment& stored) {
    return markup::render(stored.text, std::numeric_limits<std::uint32_t>::max()).value();
}

}  // namespace

std::uint64_t rerender_comments(comment_store& store, const std::stop_token& stop) {
    std::uint64_t rendered = 0;
    std::optional<comment_id> after;
    while (!stop.stop_requested()) {
        auto batch = store.list_rendered_by_others(markup::renderer_version, after, batch_size);
        if (batch.empty()) break;
        for (comment& stale : batch) {
            stale.html = render_again(stale);
            stale.renderer = markup::renderer_version;
        }
        store.replace_html(batch);
        rendered += batch.size();
        after = batch.back().id;
    }
    return rendered;
}

}  // namespace palabre
