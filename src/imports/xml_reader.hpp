// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imports/byte_stream.hpp"
#include "ports/comment_source.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::imports {

// What one document may ask of our memory. Exports of real sites stay far below.
struct xml_limits {
    std::size_t text_bytes = 1024 * 1024;    // one comment: hundreds of printed pages
    std::size_t markup_bytes = 1024 * 1024;  // one tag with its attributes, or one XML comment
    std::uint32_t depth = 64;                // the formats we read nest to about six
};

// The name of an element or attribute. The views live for the call only.
struct xml_name {
    std::string_view space;  // namespace URI, empty for none
    std::string_view local;
};

// Where something stands in the file, both counted from 1; columns in characters.
struct xml_place {
    std::uint64_t line = 1;
    std::uint64_t column = 1;
};

// The attributes of one element. Lives for the call only.
class xml_attributes {
public:
    explicit xml_attributes(const char* const* pairs) noexcept : pairs_(pairs) {}
    // Empty when there is none of that name. `space_prefix` is how its namespace begins.
    [[nodiscard]] std::optional<std::string_view> find(
        std::string_view space_prefix, std::string_view local
    ) const noexcept;

private:
    const char* const* pairs_;
};

// Whether the text of an element is collected.
enum class text_wish { wanted, unwanted };

// Told of the elements of a document, in the order of the file. May throw anything.
class xml_handler {
public:
    virtual ~xml_handler() = default;

    // An element begins at `place`. When its text is wanted, what stands in it comes as one text
    // with its end, and elements within it are not told of: their text counts as its own.
    virtual text_wish open(
        const xml_name& name, const xml_attributes& attributes, xml_place place
    ) = 0;

    // The element ends. `text` is empty unless it was wanted; it may be moved from.
    virtual void close(const xml_name& name, std::string& text) = 0;
};

// Reads a document (XML 1.0 with namespaces; UTF-8, UTF-16, ISO-8859-1 or ASCII) piece by piece.
// A few stray bytes before its first "<" are passed over. Throws source_error, with the line and
// what to do, when it is not well-formed, ends too early, crosses a limit, or has a document type:
// declarations of entities can name other files or grow without end, and no export needs them.
// `progress` is told of bytes_taken() once per piece; it may be empty.
void read_xml(
    byte_stream& from,
    xml_handler& to,
    const xml_limits& allowed,
    const std::function<void(std::uint64_t bytes)>& progress
);

// "line 12, column 3: what": an error of the document's content, found by a handler.
[[nodiscard]] source_error make_source_error(xml_place where, std::string_view what);

}  // namespace palabre::imports
