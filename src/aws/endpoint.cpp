// SPDX-License-Identifier: Apache-2.0
#include "aws/endpoint.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace palabre::aws {
namespace {

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

std::string upper(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return made;
}

// Digits only, and within the range of ports; 0 otherwise.
std::uint16_t parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
    return failed == std::errc() && end == text.data() + text.size() ? port : std::uint16_t{0};
}

// Takes "host", "host:port" or "[address]:port" apart. False when it is none of these.
bool read_authority(endpoint& into, std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const std::size_t host_end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
    if (host_end == std::string_view::npos) return false;
    into.host = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
    text.remove_prefix(bracketed ? host_end + 1 : host_end);
    if (text.starts_with(':')) {
        into.port = parse_port(text.substr(1));
    } else if (!text.empty()) {
        return false;
    }
    return into.port != 0 && !into.host.empty() && into.host.find('@') == std::string::npos;
}

}  // namespace

std::string host_header(const endpoint& of) {
    const bool is_ipv6 = of.host.find(':') != std::string::npos;
    std::string made = is_ipv6 ? "[" + of.host + "]" : of.host;
    const std::uint16_t usual = of.tls ? https_port : http_port;
    if (of.port != usual) made += ":" + std::to_string(of.port);
    return made;
}

endpoint parse_endpoint(std::string_view url, std::string_view setting) {
    endpoint made;
    std::string_view rest = url;
    bool fine = true;
    if (rest.starts_with("https://")) {
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
        made.tls = false;
        made.port = http_port;
    } else {
        fine = false;
    }
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    made.base_path = rest.substr(slash);
    while (made.base_path.ends_with('/'))
        made.base_path.pop_back();
    const bool has_more = made.base_path.find_first_of("?# ") != std::string::npos;
    if (!fine || has_more || !read_authority(made, rest.substr(0, slash))) {
        throw std::runtime_error(
            std::string(setting) +
            " must be an address like https://host or http://host:port; it is \"" +
            std::string(url) + "\""
        );
    }
    return made;
}

endpoint endpoint_of(
    std::string_view service, std::string_view region, const variables& environment
) {
    const std::string own = "AWS_ENDPOINT_URL_" + upper(service);
    if (const auto url = environment(own)) return parse_endpoint(*url, own);
    constexpr std::string_view all = "AWS_ENDPOINT_URL";
    if (const auto url = environment(all)) return parse_endpoint(*url, all);
    endpoint made;
    made.host = std::string(service) + "." + std::string(region) + ".amazonaws.com";
    if (region.starts_with("cn-")) made.host += ".cn";
    return made;
}

std::string region_of(const variables& environment) {
    if (const auto region = environment("AWS_REGION")) return *region;
    if (const auto region = environment("AWS_DEFAULT_REGION")) return *region;
    throw std::runtime_error("set AWS_REGION to the region of the table, such as eu-west-3");
}

}  // namespace palabre::aws
