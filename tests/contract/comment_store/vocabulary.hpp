// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "ports/key_store.hpp"
#include "ports/moderation_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palabre::contract {

// Stands still until it is moved.
class manual_clock final : public clock {
public:
    [[nodiscard]] timestamp now() const noexcept override { return {ms_.load()}; }
    void advance(std::int64_t ms) { ms_ += ms; }

private:
    std::atomic<std::int64_t> ms_{1'700'000'000'000};
};

// Remembers what it was told.
class recording_observer final : public store_observer {
public:
    void section_changed(std::string_view section) noexcept override {
        const std::lock_guard lock(mutex_);
        ++told_[std::string(section)];
    }
    void everything_changed() noexcept override { ++everything_; }

    // How often it was told of the section.
    [[nodiscard]] int times_told(const std::string& section) {
        const std::lock_guard lock(mutex_);
        const auto found = told_.find(section);
        return found == told_.end() ? 0 : found->second;
    }
    [[nodiscard]] int times_told_everything() const { return everything_; }

private:
    std::mutex mutex_;
    std::map<std::string, int> told_;
    std::atomic<int> everything_{0};
};

// A store, and whatever it stands on (a folder, a server): let go of in this order.
struct made_store {
    std::shared_ptr<void> ground;
    std::unique_ptr<comment_store> store;
    moderation_store* moderation = nullptr;  // of the same store
    key_store* keys = nullptr;
};

// From a store that implements all three ports.
template <class store_type>
made_store made_of(std::shared_ptr<void> ground, std::unique_ptr<store_type> store) {
    moderation_store* const moderation = store.get();
    key_store* const keys = store.get();
    return {std::move(ground), std::move(store), moderation, keys};
}

// Makes an empty store. The clock and the observer outlive it.
using store_maker = std::function<made_store(const clock&, store_observer&)>;

struct store_case {
    std::string name;
    store_maker make;
};

inline std::ostream& operator<<(std::ostream& out, const store_case& each) {
    return out << each.name;
}

// Ids that rise with their number.
inline comment_id id_of(std::uint32_t number) {
    comment_id id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    for (unsigned i = 0; i < 4; ++i) {
        id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return id;
}

inline std::uint32_t number_of(const comment_id& id) {
    std::uint32_t number = 0;
    for (unsigned i = 12; i < 16; ++i)
        number = number << 8 | id.bytes[i];
    return number;
}

inline constexpr std::string_view usual_section = "projets";

// The comment of a number: number and time rise together, a second apart.
inline comment a_comment(std::uint32_t number, std::string_view section = usual_section) {
    comment made;
    made.id = id_of(number);
    made.section = section;
    made.at = {1'600'000'000'000 + std::int64_t{number} * 1000};
    made.author = "Zoé";
    made.text = "comment " + std::to_string(number);
    made.html = "<p>comment " + std::to_string(number) + "</p>\n";
    made.renderer = 1;
    return made;
}

inline comment held(comment made) {
    made.state = comment_state::held;
    return made;
}

inline comment reply_to(std::uint32_t parent, comment made) {
    made.parent = id_of(parent);
    made.depth = 1;
    return made;
}

inline comment rendered_by(std::uint32_t renderer, comment made) {
    made.renderer = renderer;
    return made;
}

inline comment at_time_of(std::uint32_t other, comment made) {
    made.at = a_comment(other).at;
    return made;
}

inline cursor older_than(const position& from) {
    return {direction::older, from};
}
inline cursor newer_than(const position& from) {
    return {direction::newer, from};
}

inline std::vector<std::uint32_t> numbers(const std::vector<comment>& comments) {
    std::vector<std::uint32_t> all;
    all.reserve(comments.size());
    for (const auto& each : comments)
        all.push_back(number_of(each.id));
    return all;
}

inline constexpr std::int64_t key_lifetime_ms = 60'000;

// What a client sends with a post to be able to repeat it: a key, and a hash full of `content`.
inline idempotency_record once(const clock& now, std::string key, std::uint8_t content) {
    idempotency_record record{std::move(key), {}, {now.now().ms + key_lifetime_ms}};
    record.content_hash.fill(content);
    return record;
}

class comment_store_suite : public testing::TestWithParam<store_case> {
protected:
    comment_store& store() { return *made_.store; }
    moderation_store& moderation() { return *made_.moderation; }
    key_store& keys() { return *made_.keys; }

    void post(const comment& draft) {
        EXPECT_EQ(store().post(draft, std::nullopt).status, post_status::stored);
    }
    void post_numbers(std::uint32_t first, std::uint32_t last) {
        for (auto number = first; number <= last; ++number)
            post(a_comment(number));
    }

    page newest(std::size_t limit, std::string_view section = usual_section) {
        return store().list({section, std::nullopt, limit});
    }
    page list(const cursor& from, std::size_t limit) {
        return store().list({usual_section, from, limit});
    }

    std::uint64_t count(const std::string& section) {
        const std::vector<std::string> asked{section};
        return store().counts(asked).at(0).published;
    }

    manual_clock clock_;
    recording_observer observer_;
    made_store made_{GetParam().make(clock_, observer_)};
};

}  // namespace palabre::contract
