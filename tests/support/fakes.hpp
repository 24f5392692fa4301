// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "core/timestamp.hpp"
#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/id_source.hpp"
#include "ports/section_stamps.hpp"

#include <atomic>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::test {

// Stands still until it is told to move.
class fake_clock final : public clock {
public:
    explicit fake_clock(timestamp start = {1'795'000'000'000}) : ms_(start.ms) {}
    [[nodiscard]] timestamp now() const noexcept override { return {ms_.load()}; }
    void advance_ms(std::int64_t by) { ms_ += by; }

private:
    std::atomic<std::int64_t> ms_;
};

// Ids that a test can foretell: the instant and a counter.
class counting_ids final : public id_source {
public:
    comment_id next(timestamp at) override {
        const std::uint64_t n = ++count_;
        std::array<std::uint8_t, 10> entropy{};
        for (unsigned i = 0; i < 8; ++i) {
            entropy[9 - i] = static_cast<std::uint8_t>(n >> (8 * i));
        }
        return make_comment_id(at, entropy);
    }

private:
    std::atomic<std::uint64_t> count_{0};
};

// Gives the stamp that it was told, and counts how often it was asked.
class told_stamps final : public section_stamps {
public:
    std::optional<std::string> stamp(std::string_view /*section*/) override {
        ++asked;
        return now;
    }

    std::optional<std::string> now = "1";
    int asked = 0;
};

// Passes everything on to another store, until it is told that the world is broken.
class breakable_store final : public comment_store {
public:
    explicit breakable_store(comment_store& inner) : inner_(inner) {}

    void break_down() { broken_ = true; }
    void mend() { broken_ = false; }

    post_answer post(const comment& draft, const std::optional<idempotency_record>& once) override {
        return working().post(draft, once);
    }
    std::size_t add_missing(std::span<const comment> batch) override {
        return working().add_missing(batch);
    }
    std::optional<comment> find(const comment_id& id) override { return working().find(id); }
    std::optional<comment> find_any(const comment_id& id) override {
        return working().find_any(id);
    }
    page list(const page_query& query) override { return working().list(query); }
    std::vector<section_count> counts(std::span<const std::string> sections) override {
        return working().counts(sections);
    }
    std::vector<section_count> largest_sections(std::size_t limit) override {
        return working().largest_sections(limit);
    }
    std::uint64_t count_held() override { return working().count_held(); }
    std::vector<comment> list_rendered_by_others(
        std::uint32_t current, const std::optional<comment_id>& after, std::size_t limit
    ) override {
        return working().list_rendered_by_others(current, after, limit);
    }
    void replace_html(std::span<const comment> rendered) override {
        working().replace_html(rendered);
    }
    void check() override { working().check(); }

private:
    comment_store& working() {
        if (broken_) throw store_error("the disk is on fire at /secret/path");
        return inner_;
    }

    comment_store& inner_;
    std::atomic<bool> broken_{false};
};

}  // namespace palabre::test
