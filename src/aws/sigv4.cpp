// SPDX-License-Identifier: Apache-2.0
#include "aws/sigv4.hpp"

#include "util/mac.hpp"
#include "util/percent.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace palabre::aws {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

// RFC 3986 §5.2.4, and runs of '/' become one.
std::string normalize(std::string_view path) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const auto part = path.substr(begin, end - begin);
        if (part == "..") {
            if (!parts.empty()) parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        begin = end + 1;
    }
    std::string made = "/";
    for (const auto part : parts)
        made.append(part).push_back('/');
    const bool is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    if (!is_folder && made.size() > 1) made.pop_back();
    return made;
}

std::string canonical_path(std::string_view path, path_rule rule) {
    if (path.empty()) return "/";
    if (rule == path_rule::verbatim) return std::string(path);
    return util::percent_encode(
        rule == path_rule::normalized ? normalize(path) : std::string(path), "/"
    );
}

std::string canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const auto one = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (one.empty()) continue;
        const std::size_t equals = std::min(one.find('='), one.size());
        const auto value = equals == one.size() ? std::string_view() : one.substr(equals + 1);
        parameters.emplace_back(
            util::percent_encode(util::percent_decode(one.substr(0, equals))),
            util::percent_encode(util::percent_decode(value))
        );
    }
    std::ranges::sort(parameters);
    std::string made;
    for (const auto& [name, value] : parameters) {
        if (!made.empty()) made.push_back('&');
        made.append(name).append("=").append(value);
    }
    return made;
}

// Without white space around it, and with one space for each run of white space inside.
std::string trimmed(std::string_view value) {
    std::string made;
    for (const char c : value) {
        const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!space) {
            made.push_back(c);
        } else if (!made.empty() && made.back() != ' ') {
            made.push_back(' ');
        }
    }
    if (!made.empty() && made.back() == ' ') made.pop_back();
    return made;
}

std::string lower(std::string_view name) {
    std::string made(name);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

struct canonical_headers {
    std::string lines;
    std::string names;  // "host;x-amz-date"
};

canonical_headers canonical_headers_of(const std::vector<header>& headers) {
    // Those of one name stay in their order.
    std::multimap<std::string, std::string> sorted;
    for (const header& each : headers)
        sorted.emplace(lower(each.name), trimmed(each.value));
    canonical_headers made;
    std::string_view last;
    for (const auto& [name, value] : sorted) {
        if (name == last) {
            made.lines.back() = ',';
            made.lines.append(value).push_back('\n');
            continue;
        }
        made.lines.append(name).append(":").append(value).push_back('\n');
        if (!made.names.empty()) made.names.push_back(';');
        made.names.append(name);
        last = name;
    }
    return made;
}

// "20150830T123600Z", of which the first eight characters are the day.
std::string basic_format(timestamp at) {
    std::string made;
    for (const char c : to_rfc3339(at).substr(0, 19))
        if (c != '-' && c != ':') made.push_back(c);
    return made + "Z";
}

std::string scope_text(std::string_view day, const signing_scope& scope) {
    std::string made(day);
    made.append("/").append(scope.region).append("/").append(scope.service);
    return made.append("/aws4_request");
}

std::string_view bytes_of(const util::sha256_digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::string canonical_request(const request& of, path_rule path, std::string_view body_sha256) {
    const canonical_headers headers = canonical_headers_of(of.headers);
    std::string made = of.method;
    made.append("\n").append(canonical_path(of.path, path));
    made.append("\n").append(canonical_query(of.query));
    made.append("\n").append(headers.lines);
    made.append("\n").append(headers.names);
    return made.append("\n").append(body_sha256);
}

std::string string_to_sign(std::string_view canonical, timestamp at, const signing_scope& scope) {
    const std::string when = basic_format(at);
    std::string made(algorithm);
    made.append("\n").append(when);
    made.append("\n").append(scope_text(std::string_view(when).substr(0, 8), scope));
    return made.append("\n").append(util::to_hex(util::sha256(canonical)));
}

signer::signer(signing_scope scope) : scope_(std::move(scope)) {}

const util::sha256_digest& signer::key_for(const credentials& who, std::string_view day) {
    if (key_day_ == day && key_secret_ == who.secret_access_key) return key_;
    key_ = util::hmac_sha256("AWS4" + who.secret_access_key, day);
    for (const std::string_view part :
         {std::string_view(scope_.region),
          std::string_view(scope_.service),
          std::string_view("aws4_request")}) {
        key_ = util::hmac_sha256(bytes_of(key_), part);
    }
    key_day_ = day;
    key_secret_ = who.secret_access_key;
    return key_;
}

void signer::sign(request& to, const credentials& who, timestamp at) {
    const std::string body_hash = util::to_hex(util::sha256(to.body));
    const std::string when = basic_format(at);
    const std::string_view day = std::string_view(when).substr(0, 8);
    to.headers.push_back({"x-amz-date", when});
    if (scope_.body == body_header::sent) {
        to.headers.push_back({"x-amz-content-sha256", body_hash});
    }
    const bool has_token = !who.session_token.empty();
    const header token{"x-amz-security-token", who.session_token};
    if (has_token && scope_.token == token_rule::is_signed) to.headers.push_back(token);

    const std::string names = canonical_headers_of(to.headers).names;
    const std::string canonical = canonical_request(to, scope_.path, body_hash);
    const auto signature =
        util::hmac_sha256(bytes_of(key_for(who, day)), string_to_sign(canonical, at, scope_));

    if (has_token && scope_.token == token_rule::sent_unsigned) to.headers.push_back(token);
    std::string value(algorithm);
    value.append(" Credential=").append(who.access_key_id).append("/");
    value.append(scope_text(day, scope_));
    value.append(", SignedHeaders=").append(names);
    value.append(", Signature=").append(util::to_hex(signature));
    to.headers.push_back({"authorization", std::move(value)});
}

}  // namespace palabre::aws
