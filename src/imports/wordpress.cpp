// SPDX-License-Identifier: Apache-2.0
#include "imports/wordpress.hpp"

#include "core/text.hpp"
#include "imports/plain_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <utility>

namespace palabre::imports {

namespace {

// The fields of an item and of a comment that are read. E-mail and IP address are not among them.
struct item_fields {
    std::string title;
    std::string link;
    std::string post_id;
    std::string post_name;
    std::string post_date;
    std::string post_date_gmt;
};

struct comment_fields {
    std::string comment_id;
    std::string comment_parent;
    std::string comment_type;
    std::string comment_approved;
    std::string comment_author;
    std::string comment_author_url;
    std::string comment_date;
    std::string comment_date_gmt;
    std::string comment_content;
};

template <class Fields>
struct field_of {
    std::string_view name;
    std::string Fields::* value;
};

constexpr std::array<field_of<item_fields>, 4> wp_item_fields{{
    {"post_id", &item_fields::post_id},
    {"post_name", &item_fields::post_name},
    {"post_date", &item_fields::post_date},
    {"post_date_gmt", &item_fields::post_date_gmt},
}};

constexpr std::array<field_of<item_fields>, 2> rss_item_fields{{
    {"title", &item_fields::title},
    {"link", &item_fields::link},
}};

constexpr std::array<field_of<comment_fields>, 9> wp_comment_fields{{
    {"comment_id", &comment_fields::comment_id},
    {"comment_parent", &comment_fields::comment_parent},
    {"comment_type", &comment_fields::comment_type},
    {"comment_approved", &comment_fields::comment_approved},
    {"comment_author", &comment_fields::comment_author},
    {"comment_author_url", &comment_fields::comment_author_url},
    {"comment_date", &comment_fields::comment_date},
    {"comment_date_gmt", &comment_fields::comment_date_gmt},
    {"comment_content", &comment_fields::comment_content},
}};

template <class Fields, std::size_t Size>
std::string* find_field(
    Fields& fields, const std::array<field_of<Fields>, Size>& known, std::string_view name
) {
    for (const auto& field : known) {
        if (field.name == name) return &(fields.*field.value);
    }
    return nullptr;
}

bool is_wp(const xml_name& name) {
    return name.space.starts_with("http://wordpress.org/export/1.") ||
           name.space.starts_with("https://wordpress.org/export/1.");
}

// WordPress's number-only links: "https://a.example/blog/?p=12" and the like.
std::optional<std::string_view> folder_of_numbered_link(std::string_view link) {
    const auto query = link.find('?');
    if (query == std::string_view::npos) return std::nullopt;
    const auto parameters = link.substr(query + 1);
    for (const std::string_view key : {"p=", "page_id=", "attachment_id="}) {
        if (!parameters.starts_with(key) || parameters.size() == key.size()) continue;
        if (!std::isdigit(static_cast<unsigned char>(parameters[key.size()]))) continue;
        return link.substr(0, link.substr(0, query).rfind('/') + 1);
    }
    return std::nullopt;
}

// All numbered links have the same path, so their posts are told apart by name.
std::string page_of(const item_fields& item) {
    const auto folder = folder_of_numbered_link(item.link);
    if (!item.link.empty() && !folder) return item.link;
    if (item.post_name.empty() && item.post_id.empty()) return {};
    std::string page(folder.value_or("/"));
    if (page.empty()) page = "/";
    return page + (item.post_name.empty() ? "p-" + item.post_id : item.post_name);
}

// "2013-03-14 14:56:46", taken as UTC. Empty for anything else, and for days that do not exist.
std::optional<timestamp> parse_date(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00 00:00:00";
    if (text.size() != shape.size() || text[10] != ' ') return std::nullopt;
    std::string rfc3339(text);
    rfc3339[10] = 'T';
    return parse_rfc3339(rfc3339 + 'Z');
}

std::optional<skip_reason> reason_to_skip(const comment_fields& fields) {
    if (fields.comment_type == "pingback") return skip_reason::pingback;
    if (fields.comment_type == "trackback") return skip_reason::trackback;
    if (!fields.comment_type.empty() && fields.comment_type != "comment") return skip_reason::other;
    if (fields.comment_approved == "spam") return skip_reason::spam;
    // The latter is what comments become when their post is put in the bin.
    if (fields.comment_approved == "trash" || fields.comment_approved == "post-trashed")
        return skip_reason::deleted;
    return std::nullopt;
}

bool is_approved(std::string_view value) {
    return value == "1" || value == "approve" || value == "approved";
}

class wxr_handler : public xml_handler {
public:
    explicit wxr_handler(const std::function<void(foreign_comment&&)>& take) : take_(take) {}

    text_wish open(const xml_name& name, const xml_attributes& attributes, xml_place place)
        override;
    void close(const xml_name& name, std::string& text) override;

    // True once something of WordPress was seen: any other RSS feed has nothing of it.
    [[nodiscard]] bool saw_wordpress() const noexcept { return saw_wordpress_; }

private:
    [[nodiscard]] std::string* field_for(const xml_name& name);
    void begin_comment(xml_place place);
    void end_comment();
    [[nodiscard]] timestamp date_of_comment() const;
    [[noreturn]] void fail_for_date(std::string_view text) const;

    const std::function<void(foreign_comment&&)>& take_;
    bool at_root_ = true;
    bool saw_wordpress_ = false;
    bool in_item_ = false;
    bool in_comment_ = false;
    bool item_has_comments_ = false;
    item_fields item_;
    comment_fields comment_;
    xml_place comment_place_;
};

std::string* wxr_handler::field_for(const xml_name& name) {
    if (in_comment_)
        return is_wp(name) ? find_field(comment_, wp_comment_fields, name.local) : nullptr;
    if (!in_item_) return nullptr;
    if (is_wp(name)) return find_field(item_, wp_item_fields, name.local);
    return name.space.empty() ? find_field(item_, rss_item_fields, name.local) : nullptr;
}

text_wish wxr_handler::open(const xml_name& name, const xml_attributes&, xml_place place) {
    if (std::exchange(at_root_, false) && (name.local != "rss" || !name.space.empty())) {
        throw make_source_error(
            place,
            fmt::format(
                "this is no WordPress export: it begins with <{}> and not with <rss>", name.local
            )
        );
    }
    saw_wordpress_ = saw_wordpress_ || is_wp(name);
    if (auto* field = field_for(name)) {
        if (item_has_comments_ && !in_comment_ && field == &item_.link) {
            throw make_source_error(
                place, "the address of the page comes after its comments; put <link> before them"
            );
        }
        return text_wish::wanted;
    }
    if (name.local == "item" && name.space.empty() && !in_item_) {
        in_item_ = true;
        item_has_comments_ = false;
        item_ = {};
    } else if (name.local == "comment" && is_wp(name) && in_item_ && !in_comment_) {
        begin_comment(place);
    }
    return text_wish::unwanted;
}

void wxr_handler::close(const xml_name& name, std::string& text) {
    if (auto* field = field_for(name)) {
        *field = field == &comment_.comment_content ? std::move(text) : std::string(trim(text));
    } else if (name.local == "comment" && is_wp(name) && in_comment_) {
        end_comment();
    } else if (name.local == "item" && name.space.empty() && !in_comment_) {
        in_item_ = false;
    }
}

void wxr_handler::begin_comment(xml_place place) {
    in_comment_ = true;
    item_has_comments_ = true;
    comment_ = {};
    comment_place_ = place;
}

void wxr_handler::end_comment() {
    in_comment_ = false;
    if (comment_.comment_id.empty())
        throw make_source_error(comment_place_, "a comment has no <wp:comment_id>; export again");

    foreign_comment out;
    out.key = std::move(comment_.comment_id);
    if (comment_.comment_parent != "0") out.parent_key = std::move(comment_.comment_parent);
    out.line = comment_place_.line;
    out.page = page_of(item_);
    out.page_title = item_.title;
    out.skipped = reason_to_skip(comment_);
    if (!out.skipped && out.page.empty()) out.skipped = skip_reason::orphan;
    if (!out.skipped) {
        // Both are kept escaped in WordPress's database, inside what XML escapes.
        out.author = decode_references(comment_.comment_author);
        out.website = decode_references(comment_.comment_author_url);
        out.html = std::move(comment_.comment_content);
        comment_.comment_id = out.key;
        out.at = date_of_comment();
        out.held = !is_approved(comment_.comment_approved);
    }
    take_(std::move(out));
}

timestamp wxr_handler::date_of_comment() const {
    for (const auto* text : {
             &comment_.comment_date_gmt,
             &comment_.comment_date,
             &item_.post_date_gmt,
             &item_.post_date,
         }) {
        // What WordPress writes for a date that was never set.
        if (text->empty() || text->starts_with("0000-00-00")) continue;
        if (const auto date = parse_date(*text)) return *date;
        fail_for_date(*text);
    }
    fail_for_date(comment_.comment_date_gmt);
}

void wxr_handler::fail_for_date(std::string_view text) const {
    throw make_source_error(
        comment_place_,
        fmt::format(
            "comment {} has no date between 1970 and 9999 (\"{}\"); mend it, then import again",
            comment_.comment_id,
            text
        )
    );
}

}  // namespace

wordpress_source::wordpress_source(const std::filesystem::path& file)
    : wordpress_source(std::make_unique<file_input>(file)) {}

wordpress_source::wordpress_source(std::unique_ptr<export_input> input, const xml_limits& allowed)
    : input_(std::move(input)), allowed_(allowed) {}

std::string wordpress_source::engine() const {
    return "wordpress";
}

foreign_newlines wordpress_source::newlines() const {
    return foreign_newlines::are_breaks;
}

void wordpress_source::read(
    const std::function<void(foreign_comment&&)>& take,
    const std::function<void(std::uint64_t bytes)>& progress
) {
    wxr_handler handler(take);
    const auto bytes = input_->open();
    read_xml(*bytes, handler, allowed_, progress);
    if (!handler.saw_wordpress()) {
        throw make_source_error(
            {},
            "this is an RSS feed, but not a WordPress export: it has no elements of the "
            "namespace http://wordpress.org/export/1.x/"
        );
    }
}

std::uint64_t wordpress_source::size_bytes() const {
    return input_->size_bytes();
}

}  // namespace palabre::imports
