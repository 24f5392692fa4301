// SPDX-License-Identifier: Apache-2.0
#include "http/request.hpp"
#include "http/response.hpp"

#include <unistd.h>

#include <algorithm>

namespace palabre::http {
namespace {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool same_name(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view name_of(method verb) noexcept {
    switch (verb) {
        case method::get:
            return "GET";
        case method::head:
            return "HEAD";
        case method::post:
            return "POST";
        case method::put:
            return "PUT";
        case method::patch:
            return "PATCH";
        case method::delete_resource:
            return "DELETE";
        case method::options:
            return "OPTIONS";
        case method::other:
            break;
    }
    return "OTHER";
}

std::optional<std::string_view> request::header(std::string_view name) const noexcept {
    for (const auto& [key, value] : headers) {
        if (same_name(key, name)) return value;
    }
    return std::nullopt;
}

open_file::~open_file() {
    ::close(descriptor_);
}

std::uint64_t size_of(const response_body& body) noexcept {
    if (const auto* owned = std::get_if<std::string>(&body)) return owned->size();
    if (const auto* shared = std::get_if<shared_bytes>(&body)) return shared->bytes.size();
    return std::get<file_part>(body).length;
}

bool may_have_body(unsigned status) noexcept {
    return status >= 200 && status != 204 && status != 304;
}

const std::string* response::find(std::string_view name) const noexcept {
    for (const auto& [key, value] : headers) {
        if (same_name(key, name)) return &value;
    }
    return nullptr;
}

}  // namespace palabre::http
