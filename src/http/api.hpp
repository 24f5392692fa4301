// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/limits.hpp"
#include "guard/post_limits.hpp"
#include "http/chain.hpp"
#include "http/comment_routes.hpp"
#include "http/cors.hpp"
#include "http/moderation_routes.hpp"
#include "http/page_cache.hpp"
#include "http/router.hpp"
#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/id_source.hpp"
#include "ports/key_store.hpp"
#include "ports/moderation_store.hpp"
#include "ports/section_stamps.hpp"
#include "service/check_health.hpp"
#include "service/posting_rules.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::http {

struct api_options {
    limits allowed;
    posting_rules rules;
    std::string edit_secret;                    // at least 32 bytes that nobody can guess
    guard::post_limits* post_limits = nullptr;  // none: posts come as fast as they come
    std::vector<std::string> allowed_origins;   // see http/cors.hpp
    std::string version;                        // shown by /health
    std::string contract_json;                  // contract/openapi.yaml as JSON
    std::vector<health_check> health_checks;    // beside the one of the store
    // Of a store that others write to without a word to the cache; none: the cache hears of all.
    section_stamps* stamps = nullptr;
    // Which has keys of its own: those of another form than ours are its business.
    bool behind_gateway = false;
    // Told what broke, with a request id, for the log of the owner. Called from any thread.
    std::function<void(std::string_view request_id, std::string_view reason)> report_fault;
};

// The API of contract/openapi.yaml as a function from request to response, for every home.
// Thread-safe. Everything given by reference must outlive it.
class api final : public section_handler {
public:
    using ports = post_comment::ports;

    api(api_options options, const ports& over, page_cache& cache);

    [[nodiscard]] bool owns(std::string_view path) const noexcept override;
    [[nodiscard]] std::optional<response> answer_at_once(const request& asked) override;
    [[nodiscard]] response handle(const request& asked) override;

private:
    [[nodiscard]] response dispatch(const request& asked, const router::match& matched);
    [[nodiscard]] response finish(const request& asked, response answer) const;
    [[nodiscard]] result<caller> admit(const request& asked, const route& to) const;
    [[nodiscard]] response health(const request& asked);
    [[nodiscard]] response contract(const request& asked);

    api_options options_;
    cors cors_;
    ports over_;
    comment_routes comments_;
    moderation_routes moderation_;
    router routes_;
    std::once_flag contract_read_;
    std::string contract_fingerprint_;  // once contract_read_ is set
};

}  // namespace palabre::http
