// SPDX-License-Identifier: Apache-2.0
#include "imports/xml_reader.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <new>
#include <span>
#include <vector>

namespace palabre::imports {

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

// A byte order mark, a blank line, a backtick: exporters were seen to put such things before the
// document. More than that is another kind of file.
constexpr std::size_t stray_bytes_max = 64;

// Between a namespace and a local name in expat's names. Not allowed in either.
constexpr char name_separator = '\n';

xml_name split_name(const char* joined) {
    const std::string_view name = joined;
    const auto cut = name.rfind(name_separator);
    if (cut == std::string_view::npos) return {.space = {}, .local = name};
    return {.space = name.substr(0, cut), .local = name.substr(cut + 1)};
}

bool starts_utf16(std::string_view bytes) {
    return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") ||
           bytes.substr(0, 2).find('\0') != std::string_view::npos;
}

std::size_t fill(byte_stream& from, std::span<char> into) {
    std::size_t size = 0;
    while (size < into.size()) {
        const auto got = from.read(into.subspan(size));
        if (got == 0) break;
        size += got;
    }
    return size;
}

// Expat 2.9 has names of its own for numbers that hold in large documents everywhere, and calls the
// older ones deprecated. On the systems that we know both are 64 bits wide.
#if XML_MAJOR_VERSION > 2 || (XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION >= 9)
constexpr auto line_number = ::XML_GetCurrentLineNumber64;
constexpr auto column_number = ::XML_GetCurrentColumnNumber64;
#else
constexpr auto line_number = ::XML_GetCurrentLineNumber;
constexpr auto column_number = ::XML_GetCurrentColumnNumber;
#endif

struct parser_freer {
    void operator()(XML_Parser parser) const noexcept { ::XML_ParserFree(parser); }
};

// One run over one document. Expat is C: nothing may be thrown through it, so what a handler throws
// is kept in `thrown_` until expat has returned.
class document {
public:
    document(xml_handler& to, const xml_limits& allowed);

    void feed(std::string_view piece);
    void finish();
    // Bytes before the document that are not given to expat, but counted in places.
    void skip_stray(std::string_view bytes);

private:
    struct open_element {
        std::string name;
        xml_place place;
    };

    static document& self(void* data) { return *static_cast<document*>(data); }
    template <class Action>
    void guarded(Action action) noexcept;
    [[nodiscard]] xml_place place() const;
    [[noreturn]] void fail(std::string_view what) const;
    [[noreturn]] void fail_as(XML_Error code) const;
    [[noreturn]] void fail_as_truncated() const;
    void rethrow() const;

    void open(const char* name, const char** attributes);
    void close(const char* name);
    void add_text(std::string_view text);

    std::unique_ptr<std::remove_pointer_t<XML_Parser>, parser_freer> parser_;
    xml_handler& to_;
    xml_limits allowed_;
    std::exception_ptr thrown_;
    std::vector<open_element> path_;
    std::string text_;
    std::size_t text_depth_ = 0;    // of the element whose text is wanted; 0 for none
    std::size_t silent_bytes_ = 0;  // given to expat since it last told of anything
    xml_place start_;               // of what expat was given first
};

document::document(xml_handler& to, const xml_limits& allowed)
    : parser_(::XML_ParserCreateNS(nullptr, name_separator)), to_(to), allowed_(allowed) {
    if (!parser_) throw std::bad_alloc();
    const auto parser = parser_.get();
    ::XML_SetUserData(parser, this);
    ::XML_SetElementHandler(
        parser,
        [](void* data, const char* name, const char** attributes) {
            self(data).guarded([&] { self(data).open(name, attributes); });
        },
        [](void* data, const char* name) { self(data).guarded([&] { self(data).close(name); }); }
    );
    ::XML_SetCharacterDataHandler(parser, [](void* data, const char* text, int size) {
        self(data).guarded([&] { self(data).add_text({text, static_cast<std::size_t>(size)}); });
    });
    ::XML_SetStartDoctypeDeclHandler(
        parser,
        [](void* data, const char*, const char*, const char*, int) {
            self(data).guarded([&] {
                self(data).fail(
                    "the file declares entities (it has a DOCTYPE). Exports have none, and they "
                    "are refused because they can read other files or fill the memory; remove the "
                    "declaration if you trust the file"
                );
            });
        }
    );
    // Everything else, XML comments for one, only shows that expat is not stuck in a long token.
    ::XML_SetDefaultHandler(parser, [](void* data, const char*, int) {
        self(data).silent_bytes_ = 0;
    });
}

template <class Action>
void document::guarded(Action action) noexcept {
    silent_bytes_ = 0;
    if (thrown_) return;  // expat may still have an end to tell of after it was stopped
    try {
        action();
    } catch (...) {
        thrown_ = std::current_exception();
        ::XML_StopParser(parser_.get(), XML_FALSE);
    }
}

xml_place document::place() const {
    const auto line = static_cast<std::uint64_t>(line_number(parser_.get()));
    const auto column = static_cast<std::uint64_t>(column_number(parser_.get()));
    return {
        .line = start_.line + line - 1,
        .column = (line == 1 ? start_.column : 1) + column,
    };
}

void document::fail(std::string_view what) const {
    throw make_source_error(place(), what);
}

void document::rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
}

void document::skip_stray(std::string_view bytes) {
    start_.line += static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
    const auto last_line = bytes.rfind('\n');
    start_.column +=
        last_line == std::string_view::npos ? bytes.size() : bytes.size() - last_line - 1;
}

void document::feed(std::string_view piece) {
    silent_bytes_ += piece.size();
    const auto status =
        ::XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), XML_FALSE);
    rethrow();
    if (status != XML_STATUS_OK) fail_as(::XML_GetErrorCode(parser_.get()));
    // Expat keeps a tag whole in memory until it has seen its end.
    if (silent_bytes_ > allowed_.markup_bytes + piece_bytes) {
        fail(fmt::format(
            "a tag or an XML comment is longer than {} bytes; this is no export that can be read",
            allowed_.markup_bytes
        ));
    }
}

void document::finish() {
    const auto status = ::XML_Parse(parser_.get(), nullptr, 0, XML_TRUE);
    rethrow();
    if (status != XML_STATUS_OK) fail_as(::XML_GetErrorCode(parser_.get()));
}

void document::fail_as(XML_Error code) const {
    switch (code) {
        case XML_ERROR_NO_MEMORY:
            throw std::bad_alloc();
        // What expat says when the document is over too early, in its various states.
        case XML_ERROR_NO_ELEMENTS:
        case XML_ERROR_UNCLOSED_TOKEN:
        case XML_ERROR_PARTIAL_CHAR:
        case XML_ERROR_UNCLOSED_CDATA_SECTION:
            fail_as_truncated();
        case XML_ERROR_UNDEFINED_ENTITY:
            fail("an entity (&name;) is used that XML does not know; write the character itself");
        case XML_ERROR_UNKNOWN_ENCODING:
        case XML_ERROR_INCORRECT_ENCODING:
            fail("the text encoding is not one that can be read; convert the file to UTF-8");
        default:
            fail(fmt::format(
                "the file is not well-formed XML ({}); export it again, or mend it there",
                ::XML_ErrorString(code)
            ));
    }
}

void document::fail_as_truncated() const {
    const std::string_view advice = "it was not copied whole; export or copy it again";
    if (path_.empty()) fail(fmt::format("the file ends before its content begins: {}", advice));
    const auto& inside = path_.back();
    fail(fmt::format(
        "the file ends in the middle of <{}>, which begins at line {}: {}",
        inside.name,
        inside.place.line,
        advice
    ));
}

void document::open(const char* name, const char** attributes) {
    const auto split = split_name(name);
    const auto where = place();
    path_.push_back({.name = std::string(split.local.substr(0, 100)), .place = where});
    if (path_.size() > allowed_.depth)
        fail(fmt::format("elements are nested deeper than {}", allowed_.depth));
    if (text_depth_ > 0) return;
    if (to_.open(split, xml_attributes(attributes), where) == text_wish::wanted)
        text_depth_ = path_.size();
}

void document::close(const char* name) {
    const bool inside_text = text_depth_ > 0 && path_.size() > text_depth_;
    path_.pop_back();
    if (inside_text) return;
    text_depth_ = 0;
    to_.close(split_name(name), text_);
    text_.clear();
}

void document::add_text(std::string_view text) {
    if (text_depth_ == 0) return;
    if (text.size() > allowed_.text_bytes - text_.size()) {
        fail(fmt::format(
            "<{}> is longer than {} bytes; shorten or remove it, then import again",
            path_[text_depth_ - 1].name,
            allowed_.text_bytes
        ));
    }
    text_ += text;
}

// Gives what is no document before the first "<" to skip_stray, and the rest back.
std::string_view pass_stray(std::string_view first_piece, document& into) {
    if (first_piece.empty()) throw make_source_error({}, "the file is empty; export it again");
    if (starts_utf16(first_piece)) return first_piece;
    const auto start = first_piece.substr(0, stray_bytes_max).find('<');
    if (start == std::string_view::npos) {
        throw make_source_error(
            {},
            first_piece.starts_with("PK")
                ? "this is a zip archive; unpack it and import the XML file inside"
                : "this is not an XML file: no \"<\" near its beginning"
        );
    }
    into.skip_stray(first_piece.substr(0, start));
    return first_piece.substr(start);
}

}  // namespace

std::optional<std::string_view> xml_attributes::find(
    std::string_view space_prefix, std::string_view local
) const noexcept {
    for (auto pair = pairs_; *pair != nullptr; pair += 2) {
        const auto name = split_name(*pair);
        if (name.local == local && name.space.starts_with(space_prefix)) return pair[1];
    }
    return std::nullopt;
}

void read_xml(
    byte_stream& from,
    xml_handler& to,
    const xml_limits& allowed,
    const std::function<void(std::uint64_t bytes)>& progress
) {
    document doc(to, allowed);
    std::vector<char> buffer(piece_bytes);
    bool at_start = true;
    for (;;) {
        std::string_view piece(buffer.data(), fill(from, buffer));
        const bool at_end = piece.size() < buffer.size();
        if (at_start) piece = pass_stray(piece, doc);
        at_start = false;
        doc.feed(piece);
        if (progress) progress(from.bytes_taken());
        if (at_end) break;
    }
    doc.finish();
}

source_error make_source_error(xml_place where, std::string_view what) {
    return source_error(fmt::format("line {}, column {}: {}", where.line, where.column, what));
}

}  // namespace palabre::imports
