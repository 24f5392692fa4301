// SPDX-License-Identifier: Apache-2.0
#include "core/draft.hpp"

#include "core/section_id.hpp"
#include "core/text.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <utility>

namespace palabre {
namespace {

std::string_view words_for(field_problem problem) {
    switch (problem) {
        case field_problem::invalid_utf8:
            return "Send it as valid UTF-8.";
        case field_problem::control_character:
            return "Remove the control characters; they cannot be shown.";
        case field_problem::bidi_override:
            return "Remove the characters that reverse the direction of text (U+202A to U+202E, "
                   "U+2066 to U+2069); they make a text read as it is not.";
        default:
            return "This text cannot be stored.";
    }
}

field_error refuse(field where, field_problem problem, std::string message) {
    return {where, problem, std::move(message)};
}

field_error refuse_length(field where, std::size_t limit) {
    field_error error{
        where, field_problem::too_long, "Use at most " + std::to_string(limit) + " characters."
    };
    error.limit = limit;
    return error;
}

std::optional<field_error> check_author(
    const std::optional<std::string>& author, std::size_t characters_max
) {
    if (!author || author->empty()) {
        return refuse(field::author, field_problem::required, "Sign with a name.");
    }
    if (const auto problem = find_text_problem(*author, line_breaks::forbidden)) {
        return refuse(field::author, *problem, std::string(words_for(*problem)));
    }
    if (is_invisible(*author)) {
        return refuse(
            field::author, field_problem::invisible, "Sign with a name that can be seen."
        );
    }
    if (count_characters(trim(*author)) > characters_max) {
        return refuse_length(field::author, characters_max);
    }
    return std::nullopt;
}

std::optional<field_error> check_website(
    const std::optional<std::string>& website, std::size_t characters_max
) {
    if (!website || website->empty()) return std::nullopt;
    if (const auto problem = find_text_problem(*website, line_breaks::forbidden)) {
        return refuse(field::website, *problem, std::string(words_for(*problem)));
    }
    if (count_characters(*website) > characters_max) {
        return refuse_length(field::website, characters_max);
    }
    if (!is_website(*website)) {
        return refuse(
            field::website,
            field_problem::not_a_url,
            "Give a whole address that begins with http:// or https://, or none."
        );
    }
    return std::nullopt;
}

bool has(const std::vector<field_error>& errors, field where) {
    return std::ranges::any_of(errors, [&](const field_error& e) { return e.where == where; });
}

// Collects errors, the first one of each field.
class error_list {
public:
    void add(std::optional<field_error> error) {
        if (error && !has(errors_, error->where)) errors_.push_back(std::move(*error));
    }
    [[nodiscard]] std::vector<field_error> take() && { return std::move(errors_); }
    [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }

private:
    std::vector<field_error> errors_;
};

}  // namespace

bool is_website(std::string_view url) {
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) return false;
    const auto scheme = parsed->scheme_id();
    const bool web = scheme == boost::urls::scheme::http || scheme == boost::urls::scheme::https;
    return web && parsed->has_authority() && !parsed->encoded_host().empty() &&
           !parsed->has_userinfo();
}

std::optional<field_error> check_text(
    const std::optional<std::string>& text, const limits& allowed
) {
    if (!text || text->empty()) {
        return refuse(field::text, field_problem::required, "Write something.");
    }
    if (const auto problem = find_text_problem(*text, line_breaks::allowed)) {
        return refuse(field::text, *problem, std::string(words_for(*problem)));
    }
    if (is_invisible(*text)) {
        return refuse(field::text, field_problem::invisible, "Write something that can be seen.");
    }
    if (count_characters(*text) > allowed.text_characters) {
        return refuse_length(field::text, allowed.text_characters);
    }
    return std::nullopt;
}

result<draft> check_draft(const raw_draft& raw, const limits& allowed) {
    error_list errors;
    for (const field where : raw.wrong_types) {
        errors.add(refuse(where, field_problem::wrong_type, "Send this field as a string."));
    }
    auto section = make_section_id(raw.section_id.value_or(""));
    if (!section) errors.add(section.error());
    errors.add(check_author(raw.author, allowed.author_characters));
    errors.add(check_text(raw.text, allowed));
    errors.add(check_website(raw.website, allowed.website_characters));
    std::optional<comment_id> parent;
    if (raw.parent_id) {
        parent = parse_comment_id(*raw.parent_id);
        if (!parent) {
            errors.add(refuse(
                field::parent_id,
                field_problem::not_an_id,
                "Give the id of the comment that this one answers, or leave parentId out."
            ));
        }
    }
    if (!errors.empty()) {
        return refused(failure{
            errc::invalid_fields, "Some fields need another look.", std::move(errors).take()
        });
    }
    std::optional<std::string> website = raw.website;
    if (website && website->empty()) website.reset();
    return draft{
        std::move(*section),
        std::string(trim(raw.author.value_or(""))),
        raw.text.value_or(""),
        parent,
        std::move(website)
    };
}

}  // namespace palabre
