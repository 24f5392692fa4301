// SPDX-License-Identifier: Apache-2.0
#include "core/page_path.hpp"

#include "util/hex.hpp"

#include <algorithm>
#include <vector>

namespace palabre {
namespace {

constexpr std::string_view upper_hex = "0123456789ABCDEF";

bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// RFC 3986 §2.3: these mean the same whether encoded or not.
bool is_unreserved(char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// RFC 3986 §3.3: may stand in a path as they are.
bool is_path_character(char c) {
    return is_unreserved(c) || std::string_view("/!$&'()*+,;=:@").contains(c);
}

// Length of "scheme:" at the front, 0 when there is none. RFC 3986 §3.1.
std::size_t scheme_length(std::string_view url) {
    if (url.empty() || !is_alpha(url.front())) return 0;
    for (std::size_t i = 1; i < url.size(); ++i) {
        if (url[i] == ':') return url.substr(i + 1).starts_with("//") ? i + 1 : 0;
        if (!is_alpha(url[i]) && !is_digit(url[i]) && url[i] != '+' && url[i] != '-' &&
            url[i] != '.') {
            return 0;
        }
    }
    return 0;
}

// Everything but the path.
std::string_view strip(std::string_view url) {
    url = url.substr(0, url.find('#'));
    url = url.substr(0, url.find('?'));
    url.remove_prefix(scheme_length(url));
    if (!url.starts_with("//")) return url;
    const std::size_t slash = url.find('/', 2);
    return slash == std::string_view::npos ? std::string_view() : url.substr(slash);
}

void put_encoded(std::string& to, char c) {
    const auto byte = static_cast<unsigned char>(c);
    to.push_back('%');
    to.push_back(upper_hex[byte >> 4U]);
    to.push_back(upper_hex[byte & 0x0fU]);
}

std::string normalise_encoding(std::string_view path) {
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const int high = path[i] == '%' && i + 2 < path.size() ? hex_value(path[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(path[i + 2]) : -1;
        if (low >= 0) {
            const auto byte = static_cast<char>(high * 16 + low);
            if (is_unreserved(byte)) {
                out.push_back(byte);
            } else {
                put_encoded(out, byte);
            }
            i += 2;
        } else if (is_path_character(path[i])) {
            out.push_back(path[i]);
        } else {
            put_encoded(out, path[i]);
        }
    }
    return out;
}

// Whether folding would change nothing, seen at a glance: what readers ask for nearly always is so.
// False for some paths that are folded too, such as one with an encoded letter.
bool is_plainly_folded(std::string_view path) {
    if (!path.starts_with('/') || path.ends_with('/') || path.ends_with("/index.html"))
        return false;
    char before = 'x';
    for (const char c : path) {
        if (c != '/' && !is_unreserved(c)) return false;
        if (before == '/' && (c == '/' || c == '.')) return false;
        before = c;
    }
    return true;
}

}  // namespace

std::string fold_page_path(std::string_view url_or_path) {
    if (is_plainly_folded(url_or_path)) return std::string(url_or_path);
    const std::string path = normalise_encoding(strip(url_or_path));
    std::vector<std::string_view> segments;
    std::string_view rest = path;
    while (!rest.empty()) {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        const std::string_view segment = rest.substr(0, slash);
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        if (segment.empty() || segment == ".") continue;
        if (segment != "..") {
            segments.push_back(segment);
        } else if (!segments.empty()) {
            segments.pop_back();
        }
    }
    // More than once, so that a folded path stays as it is when folded again.
    while (!segments.empty() && segments.back() == "index.html")
        segments.pop_back();
    std::string folded;
    for (const std::string_view segment : segments) {
        folded.push_back('/');
        folded.append(segment);
    }
    return folded.empty() ? "/" : folded;
}

}  // namespace palabre
