// SPDX-License-Identifier: Apache-2.0
#include "config/assign.hpp"

#include "util/blanks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace palabre::config {
namespace {

// Values are repeated in messages, and somebody may have pasted a whole file.
constexpr std::size_t shown_bytes_max = 60;

std::string shown(std::string_view text) {
    if (text.size() <= shown_bytes_max) return fmt::format("\"{}\"", text);
    // A cut in the middle of a character would make the message invalid UTF-8.
    auto end = shown_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return fmt::format("\"{}…\"", text.substr(0, end));
}

std::string whole_number_wanted(const field& to) {
    return fmt::format("write a whole number from {} to {}", to.least, to.most);
}

std::string wrong_kind(const field& to, const place& where) {
    struct visitor {
        const field& to;
        std::string operator()(bool*) const { return "write true or false, without quotes"; }
        std::string operator()(std::int64_t*) const {
            return whole_number_wanted(to) + ", without quotes";
        }
        std::string operator()(std::string*) const {
            return fmt::format("{}, in quotes", to.instead);
        }
        std::string operator()(std::vector<std::string>*) const {
            return fmt::format("{}, in quotes, or a list of such: [\"…\", \"…\"]", to.instead);
        }
    };
    return "has a value of another kind; " + std::visit(visitor{to}, where);
}

std::string refuse(const field& to, std::string_view text) {
    return fmt::format("cannot be {}; {}", shown(text), to.instead);
}

std::string assign_list(
    const field& to, std::vector<std::string>& into, std::vector<std::string> list
) {
    for (const auto& item : list) {
        if (to.accepts && !to.accepts(item)) return refuse(to, item);
    }
    into = std::move(list);
    return {};
}

struct assigner {
    const field& to;
    const place& where;

    std::string operator()(std::monostate) const { return wrong_kind(to, where); }

    std::string operator()(bool value) const {
        auto* const* into = std::get_if<bool*>(&where);
        if (!into) return wrong_kind(to, where);
        **into = value;
        return {};
    }

    std::string operator()(std::int64_t value) const {
        auto* const* into = std::get_if<std::int64_t*>(&where);
        if (!into) return wrong_kind(to, where);
        if (value < to.least || value > to.most) {
            return fmt::format("cannot be {}; {}", value, whole_number_wanted(to));
        }
        **into = value;
        return {};
    }

    std::string operator()(std::string& value) const {
        if (auto* const* list = std::get_if<std::vector<std::string>*>(&where)) {
            return assign_list(to, **list, {value});
        }
        auto* const* into = std::get_if<std::string*>(&where);
        if (!into) return wrong_kind(to, where);
        if (to.accepts && !to.accepts(value)) return refuse(to, value);
        **into = std::move(value);
        return {};
    }

    std::string operator()(std::vector<std::string>& value) const {
        auto* const* into = std::get_if<std::vector<std::string>*>(&where);
        if (!into) return wrong_kind(to, where);
        return assign_list(to, **into, std::move(value));
    }
};

std::vector<std::string> split_at_commas(std::string_view text) {
    std::vector<std::string> items;
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find(',', start), text.size());
        const auto item = util::without_blanks(text.substr(start, end - start));
        if (!item.empty()) items.emplace_back(item);
        start = end + 1;
    }
    return items;
}

}  // namespace

std::string assign(const field& to, settings& in, written value) {
    const place where = to.of(in);
    return std::visit(assigner{to, where}, value);
}

std::string assign_text(const field& to, settings& in, std::string_view text) {
    const place where = to.of(in);
    if (std::holds_alternative<bool*>(where)) {
        if (text == "true" || text == "false") return assign(to, in, text == "true");
        return fmt::format("cannot be {}; write true or false", shown(text));
    }
    if (std::holds_alternative<std::int64_t*>(where)) {
        std::int64_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
            return fmt::format("cannot be {}; {}", shown(text), whole_number_wanted(to));
        }
        return assign(to, in, number);
    }
    if (std::holds_alternative<std::string*>(where)) return assign(to, in, std::string(text));
    return assign(to, in, split_at_commas(text));
}

}  // namespace palabre::config
