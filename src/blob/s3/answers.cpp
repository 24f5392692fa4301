// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/answers.hpp"

#include "ports/blob_store.hpp"
#include "util/base64url.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace palabre::blob {
namespace {

// Deeper than anything S3 sends.
constexpr std::size_t depth_max = 16;

// Calls `each` with the path of every element, "ListBucketResult/Contents/Key", and its own text,
// as the element ends. False when the document is not well-formed.
class reading {
public:
    using taker = std::function<void(std::string_view path, const std::string& text)>;

    explicit reading(taker each) : each_(std::move(each)), parser_(::XML_ParserCreate(nullptr)) {
        if (!parser_) throw std::bad_alloc();
        ::XML_SetUserData(parser_.get(), this);
        ::XML_SetElementHandler(parser_.get(), open, close);
        ::XML_SetCharacterDataHandler(parser_.get(), add);
        // Entities could grow without end.
        ::XML_SetStartDoctypeDeclHandler(
            parser_.get(),
            [](void* data, const char*, const char*, const char*, int) { self(data).stop(); }
        );
    }

    [[nodiscard]] bool read(std::string_view text) {
        const auto status =
            ::XML_Parse(parser_.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
        return status == XML_STATUS_OK;
    }

private:
    static reading& self(void* data) { return *static_cast<reading*>(data); }
    static void open(void* data, const char* name, const char**) {
        auto& to = self(data);
        if (to.starts_.size() == depth_max) return to.stop();
        to.starts_.push_back(to.path_.size());
        if (!to.path_.empty()) to.path_ += '/';
        to.path_ += name;
        to.text_.clear();
    }
    static void close(void* data, const char*) {
        auto& to = self(data);
        if (to.starts_.empty()) return;  // after stop(), expat may still tell of an end
        to.each_(to.path_, to.text_);
        to.text_.clear();
        to.path_.resize(to.starts_.back());
        to.starts_.pop_back();
    }
    static void add(void* data, const char* text, int size) {
        self(data).text_.append(text, static_cast<std::size_t>(size));
    }
    void stop() { ::XML_StopParser(parser_.get(), XML_FALSE); }

    struct freer {
        void operator()(XML_Parser parser) const noexcept { ::XML_ParserFree(parser); }
    };

    const taker each_;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, freer> parser_;
    std::string path_;
    std::vector<std::size_t> starts_;  // how long the path was before each open element
    std::string text_;
};

void read_or_throw(std::string_view body, const reading::taker& each) {
    if (!reading(each).read(body)) throw blob_error("the answer of S3 cannot be read");
}

// None for what is no number.
std::optional<std::uint64_t> parse_bytes(const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

listing parse_listing(std::string_view body) {
    listing made;
    listed_object one;
    bool is_listing = false;
    bool sizes_are_numbers = true;  // nothing may be thrown through expat, which is C
    read_or_throw(body, [&](std::string_view path, const std::string& text) {
        if (path == "ListBucketResult/Contents/Key") one.key = text;
        if (path == "ListBucketResult/Contents/ETag") one.etag = text;
        if (path == "ListBucketResult/Contents/Size") {
            const auto bytes = parse_bytes(text);
            sizes_are_numbers = sizes_are_numbers && bytes;
            one.bytes = bytes.value_or(0);
        }
        if (path == "ListBucketResult/NextContinuationToken") made.next = text;
        if (path == "ListBucketResult") is_listing = true;
        if (path == "ListBucketResult/Contents") made.objects.push_back(std::exchange(one, {}));
    });
    if (!is_listing || !sizes_are_numbers) throw blob_error("the answer of S3 is no list");
    return made;
}

std::string parse_text(std::string_view body, std::string_view name) {
    std::string found;
    read_or_throw(body, [&](std::string_view path, const std::string& text) {
        const auto slash = path.find('/');
        if (slash != path.npos && path.substr(slash + 1) == name) found = text;
    });
    if (found.empty()) throw blob_error(fmt::format("the answer of S3 names no {}", name));
    return found;
}

std::optional<told_error> find_error(const aws::response& of) {
    told_error told;
    bool is_error = false;
    // Heads have no body, and a server in between may answer with anything.
    const bool readable =
        !of.body.empty() && reading([&](std::string_view path, const std::string& text) {
                                if (path == "Error/Code") told.code = text;
                                if (path == "Error/Message") told.message = text;
                                if (path == "Error/Region") told.region = text;
                                if (path == "Error") is_error = true;
                            }).read(of.body);
    if (const auto* region = of.find("x-amz-bucket-region"); region != nullptr && of.status >= 300)
        told.region = *region;
    if (readable && is_error) return told;
    if (of.status < 300) return std::nullopt;
    told.code.clear();
    told.message.clear();
    return told;
}

std::string error_code_in(const aws::response& of) {
    const auto told = find_error(of);
    return told ? told->code : std::string();
}

std::string crc32_text(std::uint32_t crc) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        bytes.push_back(static_cast<char>((crc >> shift) & 0xffU));
    return util::to_base64(bytes);
}

std::optional<std::uint32_t> parse_crc32(std::string_view text) {
    const auto bytes = util::from_base64(text);
    if (!bytes || bytes->size() != 4) return std::nullopt;
    std::uint32_t crc = 0;
    for (const char byte : *bytes)
        crc = crc << 8U | static_cast<unsigned char>(byte);
    return crc;
}

}  // namespace palabre::blob
