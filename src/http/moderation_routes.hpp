// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "http/router.hpp"
#include "service/moderate_comments.hpp"

namespace palabre::http {

inline constexpr std::string_view moderation_prefix = "/moderation/";

// What moderators ask for: everything under /moderation. Thread-safe. Everything given by reference
// must outlive it.
class moderation_routes {
public:
    moderation_routes(const moderate_comments::ports& over, const limits& allowed)
        : moderate_(over), allowed_(allowed) {}

    void add_to(router& routes);

private:
    [[nodiscard]] response list(const request& asked, const caller& from);
    [[nodiscard]] response show(const request& asked, const caller& from);
    [[nodiscard]] response decide(const request& asked, const caller& from);
    [[nodiscard]] response set_closed(const request& asked, const caller& from);
    [[nodiscard]] response list_audit(const request& asked, const caller& from);

    moderate_comments moderate_;
    limits allowed_;
};

}  // namespace palabre::http
