// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the table in schema.cpp is written with.
#include "config/schema.hpp"

namespace palabre::config {

// Where a section stands among the settings.
template <class section>
constexpr section settings::* where = nullptr;
template <>
constexpr auto where<server_settings> = &settings::server;
template <>
constexpr auto where<tls_settings> = &settings::tls;
template <>
constexpr auto where<site_settings> = &settings::site;
template <>
constexpr auto where<comments_settings> = &settings::comments;
template <>
constexpr auto where<posting_settings> = &settings::posting;
template <>
constexpr auto where<moderation_settings> = &settings::moderation;
template <>
constexpr auto where<limits_settings> = &settings::limits;
template <>
constexpr auto where<store_settings> = &settings::store;
template <>
constexpr auto where<cache_settings> = &settings::cache;
template <>
constexpr auto where<metrics_settings> = &settings::metrics;
template <>
constexpr auto where<log_settings> = &settings::log;
template <>
constexpr auto where<backup_settings> = &settings::backup;

template <class>
struct section_of;
template <class section, class value>
struct section_of<value section::*> {
    using type = section;
};

// of<&server_settings::http> finds that setting.
template <auto member>
place of(settings& in) {
    return &((in.*where<typename section_of<decltype(member)>::type>) .*member);
}

using accepting = bool (*)(std::string_view);

// `name` is "section.key".
constexpr field named(std::string_view name, place (*of)(settings&), std::string_view help) {
    const auto dot = name.find('.');
    field made;
    made.section = name.substr(0, dot);
    made.key = name.substr(dot + 1);
    made.of = of;
    made.help = help;
    return made;
}

constexpr field flag(std::string_view name, place (*of)(settings&), std::string_view help) {
    return named(name, of, help);
}

constexpr field number(
    std::string_view name,
    place (*of)(settings&),
    std::int64_t least,
    std::int64_t most,
    std::string_view help
) {
    field made = named(name, of, help);
    made.least = least;
    made.most = most;
    return made;
}

// A text, or a list of them.
constexpr field text(
    std::string_view name,
    place (*of)(settings&),
    accepting accepts,
    std::string_view instead,
    std::string_view help
) {
    field made = named(name, of, help);
    made.accepts = accepts;
    made.instead = instead;
    return made;
}

}  // namespace palabre::config
