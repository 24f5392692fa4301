// SPDX-License-Identifier: Apache-2.0
#include "imports/disqus.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

namespace palabre::imports {

namespace {

// Without the scheme: exports with http and with https were seen.
constexpr std::string_view internals_namespace = "://disqus.com/disqus-internals";

std::string id_of(const xml_attributes& attributes) {
    for (const std::string scheme : {"http", "https"}) {
        const auto id = attributes.find(scheme + std::string(internals_namespace), "id");
        if (id) return std::string(trim(*id));
    }
    return {};
}

struct thread {
    std::string page;  // empty when the export does not say
    std::string title;
    bool deleted = false;
};

using thread_table = std::unordered_map<std::string, thread>;

// Knows how deep it stands: the same names ("id", "title", "author") mean other things elsewhere.
class disqus_handler : public xml_handler {
public:
    text_wish open(const xml_name& name, const xml_attributes& attributes, xml_place place) final {
        ++depth_;
        if (depth_ == 1 && name.local != "disqus") {
            throw make_source_error(
                place,
                fmt::format(
                    "this is no Disqus export: it begins with <{}> and not with <disqus>",
                    name.local
                )
            );
        }
        return open_at(depth_, name.local, attributes, place);
    }

    void close(const xml_name& name, std::string& text) final {
        close_at(depth_, name.local, text);
        --depth_;
    }

private:
    virtual text_wish open_at(
        int depth, std::string_view name, const xml_attributes& attributes, xml_place place
    ) = 0;
    virtual void close_at(int depth, std::string_view name, std::string& text) = 0;

    int depth_ = 0;
};

text_wish wanted_if(bool condition) {
    return condition ? text_wish::wanted : text_wish::unwanted;
}

// Collects <thread> elements.
class thread_reader : public disqus_handler {
public:
    explicit thread_reader(thread_table& into) : into_(into) {}

private:
    text_wish open_at(int depth, std::string_view name, const xml_attributes& attributes, xml_place)
        override {
        if (depth == 2) {
            inside_ = name == "thread";
            current_ = {};
            own_id_.clear();
            if (inside_) key_ = id_of(attributes);
        }
        return wanted_if(
            depth == 3 && inside_ &&
            (name == "id" || name == "link" || name == "title" || name == "isDeleted")
        );
    }

    void close_at(int depth, std::string_view name, std::string& text) override {
        if (!inside_) return;
        const auto value = trim(text);
        if (depth == 3) {
            if (name == "id") own_id_ = value;
            if (name == "link") current_.page = value;
            if (name == "title") current_.title = value;
            if (name == "isDeleted") current_.deleted = value == "true";
        } else if (depth == 2) {
            if (current_.page.empty()) current_.page = own_id_;
            into_.insert_or_assign(std::move(key_), std::move(current_));
            inside_ = false;
        }
    }

    thread_table& into_;
    bool inside_ = false;
    std::string key_;
    std::string own_id_;  // what the site calls the thread
    thread current_;
};

// Gives <post> elements.
class post_reader : public disqus_handler {
public:
    post_reader(const thread_table& threads, const std::function<void(foreign_comment&&)>& take)
        : threads_(threads), take_(take) {}

private:
    text_wish open_at(
        int depth, std::string_view name, const xml_attributes& attributes, xml_place place
    ) override;
    void close_at(int depth, std::string_view name, std::string& text) override;
    [[nodiscard]] std::optional<skip_reason> reason_to_skip(const thread* where) const;
    void end_post();

    const thread_table& threads_;
    const std::function<void(foreign_comment&&)>& take_;
    bool inside_ = false;
    bool in_author_ = false;
    xml_place place_;
    std::string thread_key_;
    std::string created_at_;
    bool deleted_ = false;
    bool spam_ = false;
    foreign_comment post_;
};

text_wish post_reader::open_at(
    int depth, std::string_view name, const xml_attributes& attributes, xml_place place
) {
    if (depth == 2) {
        inside_ = name == "post";
        if (!inside_) return text_wish::unwanted;
        post_ = {};
        post_.key = id_of(attributes);
        post_.line = place.line;
        place_ = place;
        thread_key_.clear();
        created_at_.clear();
        deleted_ = spam_ = in_author_ = false;
        if (post_.key.empty())
            throw make_source_error(place, "a <post> has no dsq:id; export again");
    }
    if (!inside_) return text_wish::unwanted;
    if (depth == 3) {
        in_author_ = name == "author";
        if (name == "thread") thread_key_ = id_of(attributes);
        if (name == "parent") post_.parent_key = id_of(attributes);
        return wanted_if(
            name == "message" || name == "createdAt" || name == "isDeleted" || name == "isSpam"
        );
    }
    return wanted_if(depth == 4 && in_author_ && name == "name");
}

void post_reader::close_at(int depth, std::string_view name, std::string& text) {
    if (!inside_) return;
    if (depth == 3) {
        if (name == "createdAt") created_at_ = trim(text);
        if (name == "isDeleted") deleted_ = trim(text) == "true";
        if (name == "isSpam") spam_ = trim(text) == "true";
        if (name == "message") post_.html = std::move(text);
    } else if (depth == 4 && in_author_ && name == "name") {
        post_.author = trim(text);
    } else if (depth == 2) {
        inside_ = false;
        end_post();
    }
}

std::optional<skip_reason> post_reader::reason_to_skip(const thread* where) const {
    if (spam_) return skip_reason::spam;
    if (deleted_ || (where != nullptr && where->deleted)) return skip_reason::deleted;
    if (where == nullptr || where->page.empty()) return skip_reason::orphan;
    return std::nullopt;
}

void post_reader::end_post() {
    const auto found = threads_.find(thread_key_);
    const auto* where = found == threads_.end() ? nullptr : &found->second;
    post_.skipped = reason_to_skip(where);
    if (!post_.skipped) {
        const auto date = parse_rfc3339(created_at_);
        if (!date) {
            throw make_source_error(
                place_,
                fmt::format(
                    "post {} has no date between 1970 and 9999 (\"{}\"); mend it, then import "
                    "again",
                    post_.key,
                    created_at_
                )
            );
        }
        post_.at = *date;
        post_.page = where->page;
        post_.page_title = where->title;
    }
    take_(std::move(post_));
}

// Half of the progress is the first reading, half the second.
std::function<void(std::uint64_t)> half_of(
    const std::function<void(std::uint64_t)>& progress, std::uint64_t before
) {
    if (!progress) return {};
    return [&progress, before](std::uint64_t bytes) { progress((before + bytes) / 2); };
}

}  // namespace

disqus_source::disqus_source(const std::filesystem::path& file)
    : disqus_source(std::make_unique<file_input>(file)) {}

disqus_source::disqus_source(std::unique_ptr<export_input> input, const xml_limits& allowed)
    : input_(std::move(input)), allowed_(allowed) {}

std::string disqus_source::engine() const {
    return "disqus";
}

foreign_newlines disqus_source::newlines() const {
    return foreign_newlines::are_space;
}

void disqus_source::read(
    const std::function<void(foreign_comment&&)>& take,
    const std::function<void(std::uint64_t bytes)>& progress
) {
    thread_table threads;
    thread_reader first(threads);
    const auto once = input_->open();
    read_xml(*once, first, allowed_, half_of(progress, 0));

    post_reader second(threads, take);
    const auto again = input_->open();
    read_xml(*again, second, allowed_, half_of(progress, once->bytes_taken()));
}

std::uint64_t disqus_source::size_bytes() const {
    return input_->size_bytes();
}

}  // namespace palabre::imports
