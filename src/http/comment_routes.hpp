// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "guard/post_limits.hpp"
#include "http/comment_json.hpp"
#include "http/kept_pages.hpp"
#include "http/router.hpp"
#include "service/edit_comment.hpp"
#include "service/list_comments.hpp"
#include "service/post_comment.hpp"

#include <optional>
#include <string>

namespace palabre::http {

inline constexpr std::string_view comments_path = "/commentaires";

// What readers and authors ask for: everything under /commentaires. Thread-safe. Everything given
// by reference must outlive it.
class comment_routes {
public:
    comment_routes(
        const post_comment::ports& over,
        const kept_pages::parts& pages,
        const limits& allowed,
        const posting_rules& rules,
        std::string edit_secret,
        guard::post_limits* limits  // null: posts come as fast as they come
    );

    void add_to(router& routes);

    // A page that is in the cache; empty otherwise.
    [[nodiscard]] std::optional<response> cached_page(const request& asked);

private:
    [[nodiscard]] response list(const request& asked, const caller& from);
    [[nodiscard]] response post(const request& asked, const caller& from);
    [[nodiscard]] response refusal_of(const failure& why) const;
    [[nodiscard]] response find(const request& asked, const caller& from);
    [[nodiscard]] response change(const request& asked, const caller& from);
    [[nodiscard]] response remove(const request& asked, const caller& from);
    [[nodiscard]] response count(const request& asked, const caller& from);
    [[nodiscard]] response preview(const request& asked, const caller& from);
    [[nodiscard]] std::optional<edit_permit> permit_for(const comment& posted) const;

    comment_store& store_;
    const clock& time_;
    guard::post_limits* limits_;
    kept_pages pages_;
    limits allowed_;
    const posting_rules& rules_;
    std::string edit_secret_;
    list_comments list_;
    post_comment post_;
    edit_comment edit_;
};

}  // namespace palabre::http
