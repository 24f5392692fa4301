// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.hpp"
#include "ports/comment_store.hpp"

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace palabre::store {

// Comments in maps: for tests, and the plainest statement of what a store does. Nothing outlives
// the object, so "durable" means "in the map". Expired idempotency keys are overwritten when they
// come again and never swept: it is not meant to run for long.
class memory_store final : public comment_store {
public:
    // `wall` and `observer` outlive the store; `observer` may be null.
    explicit memory_store(const clock& wall, store_observer* observer = nullptr);

    post_answer post(const comment& draft, const std::optional<idempotency_record>& once) override;
    std::size_t add_missing(std::span<const comment> batch) override;
    std::optional<comment> find(const comment_id& id) override;
    std::optional<comment> find_any(const comment_id& id) override;
    page list(const page_query& query) override;
    std::vector<section_count> counts(std::span<const std::string> sections) override;
    std::vector<section_count> largest_sections(std::size_t limit) override;
    std::uint64_t count_held() override;
    std::vector<comment> list_rendered_by_others(
        std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
    ) override;
    void replace_html(std::span<const comment> rendered) override;
    void check() override;

private:
    // Published comments of a section, newest first. No section has an empty one.
    using shelf = std::map<position, comment_id, std::greater<>>;

    struct known_key {
        std::array<std::uint8_t, 32> content_hash{};
        timestamp expires_at;
        comment_id answer;
    };

    [[nodiscard]] std::optional<post_answer> recall(const idempotency_record& once) const;
    bool insert(const comment& added);
    void tell(const std::vector<std::string>& changed) noexcept;

    const clock& wall_;
    store_observer* observer_;
    std::mutex mutex_;  // guards all below
    std::map<comment_id, comment> comments_;
    std::map<std::string, shelf, std::less<>> shelves_;
    std::map<std::string, known_key> keys_;
};

}  // namespace palabre::store
