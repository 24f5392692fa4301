// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "http/chain.hpp"
#include "http/cors.hpp"
#include "http/page_cache.hpp"
#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/id_source.hpp"
#include "service/check_health.hpp"
#include "service/list_comments.hpp"
#include "service/post_comment.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::http {

struct api_options {
    limits allowed;
    std::vector<std::string> allowed_origins;  // see http/cors.hpp
    std::string version;                       // shown by /health
    std::string contract_json;                 // contract/openapi.yaml as JSON
    std::vector<health_check> health_checks;   // beside the one of the store
    // Told what broke, with a request id, for the log of the owner. Called from any thread.
    std::function<void(std::string_view request_id, std::string_view reason)> report_fault;
};

// The API of contract/openapi.yaml as a function from request to response, for every home.
// Thread-safe. Everything given by reference must outlive it.
class api final : public section_handler {
public:
    api(api_options options,
        comment_store& store,
        page_cache& cache,
        const clock& time,
        id_source& ids);

    [[nodiscard]] bool owns(std::string_view path) const noexcept override;
    [[nodiscard]] std::optional<response> answer_at_once(const request& asked) override;
    [[nodiscard]] response handle(const request& asked) override;

private:
    struct route;
    static const std::vector<route>& routes();

    // The route for a path and method; the methods of the path otherwise.
    struct match {
        const route* found = nullptr;
        std::string methods;  // empty when nothing stands at the path
    };
    [[nodiscard]] static match look_up(const request& asked);

    [[nodiscard]] response dispatch(const request& asked, const match& matched);
    [[nodiscard]] response finish(const request& asked, response answer) const;

    [[nodiscard]] response list(const request& asked);
    [[nodiscard]] response post(const request& asked);
    [[nodiscard]] response find(const request& asked);
    [[nodiscard]] response count(const request& asked);
    [[nodiscard]] response preview(const request& asked);
    [[nodiscard]] response health(const request& asked);
    [[nodiscard]] response contract(const request& asked);

    api_options options_;
    cors cors_;
    comment_store& store_;
    page_cache& cache_;
    list_comments list_;
    post_comment post_;
    std::string contract_fingerprint_;
};

}  // namespace palabre::http
