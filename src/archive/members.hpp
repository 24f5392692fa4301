// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comment_id.hpp"
#include "core/timestamp.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace palabre::archive {

// Caught where a text is read, and nowhere else.
class bad_member : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// The members of a JSON object, each asked for once, as the type it must have. Every member throws
// bad_member.
class members {
public:
    explicit members(const boost::json::value& of) : object_(of.if_object()) {
        if (object_ == nullptr) throw bad_member("is not a JSON object");
    }

    // Every member was asked for: one that nobody knows may be what somebody needs.
    void require_all_known() const {
        if (asked_ != object_->size()) throw bad_member("has members that are not known");
    }

    [[nodiscard]] bool has(std::string_view name) const { return object_->contains(name); }

    [[nodiscard]] const boost::json::value& any(std::string_view name) {
        const auto* found = find(name);
        if (found == nullptr) throw bad_member(fmt::format("has no {}", name));
        return *found;
    }
    [[nodiscard]] std::string text(std::string_view name) { return text_of(name, any(name)); }
    [[nodiscard]] std::optional<std::string> maybe_text(std::string_view name) {
        const auto* found = find(name);
        if (found == nullptr) return std::nullopt;
        return text_of(name, *found);
    }
    [[nodiscard]] bool boolean(std::string_view name) {
        const auto* value = any(name).if_bool();
        if (value == nullptr) throw bad_member(fmt::format("has a {} that is no boolean", name));
        return *value;
    }
    [[nodiscard]] std::uint64_t number(
        std::string_view name, std::uint64_t most = std::numeric_limits<std::uint64_t>::max()
    ) {
        const auto& value = any(name);
        std::optional<std::uint64_t> found;
        if (const auto* whole = value.if_int64(); whole != nullptr && *whole >= 0) {
            found = static_cast<std::uint64_t>(*whole);
        } else if (const auto* large = value.if_uint64()) {
            found = *large;
        }
        if (!found || *found > most) {
            throw bad_member(fmt::format("has a {} that is no such number", name));
        }
        return *found;
    }
    [[nodiscard]] std::uint32_t small_number(std::string_view name) {
        return static_cast<std::uint32_t>(number(name, std::numeric_limits<std::uint32_t>::max()));
    }

    // Texts that `parse` reads: ids, times, names of states.
    template <class parser>
    [[nodiscard]] auto parsed_by(const parser& parse, std::string_view name) {
        auto value = parse(text(name));
        if (!value) throw bad_member(fmt::format("has a {} that cannot be read", name));
        return *value;
    }
    template <class parser>
    [[nodiscard]] auto maybe_parsed_by(const parser& parse, std::string_view name) {
        return has(name) ? std::optional(parsed_by(parse, name)) : std::nullopt;
    }
    [[nodiscard]] comment_id id(std::string_view name) { return parsed_by(parse_comment_id, name); }
    [[nodiscard]] timestamp time(std::string_view name) { return parsed_by(parse_rfc3339, name); }

private:
    [[nodiscard]] const boost::json::value* find(std::string_view name) {
        const auto* found = object_->if_contains(name);
        if (found != nullptr) ++asked_;
        return found;
    }
    static std::string text_of(std::string_view name, const boost::json::value& value) {
        const auto* text = value.if_string();
        if (text == nullptr) throw bad_member(fmt::format("has a {} that is no text", name));
        return {text->data(), text->size()};
    }

    const boost::json::object* object_;
    std::size_t asked_ = 0;
};

}  // namespace palabre::archive
