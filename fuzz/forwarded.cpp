// SPDX-License-Identifier: Apache-2.0

// Addresses, networks and the headers in which proxies name their clients. The first line is a
// network, the rest a header. Whatever a client put to the left of what a trusted proxy wrote must
// not change whom it is taken for.
#include "core/ip_address.hpp"
#include "guard/client_prefix.hpp"
#include "guard/trusted_proxies.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace palabre;
using guard::forwarded_by;

void must(bool held) {
    if (!held) std::abort();
}

struct header {
    std::string_view name, value;
};

const ip_address proxy = ip_v4({10, 0, 0, 1});
const ip_address reader = ip_v4({192, 0, 2, 1});

void check_address(std::string_view text) {
    const auto read = parse_ip_address(text);
    if (!read || !read->is_known()) return;
    must(parse_ip_address(to_string(*read)) == read);
    const ip_address prefix = guard::client_prefix(*read);
    must(guard::client_prefix(prefix) == prefix && prefix.is_v4() == read->is_v4());
}

void check_network(std::string_view text) {
    const auto read = parse_ip_network(text);
    if (!read) return;
    must(read->contains(read->first) && read->bits > 0 && read->bits <= 128);
    must(read->first.is_v4() || !read->contains(reader));
}

guard::request_origin origin_by(forwarded_by by, std::string_view value) {
    const guard::trusted_proxies ours({*parse_ip_network("10.0.0.0/8")}, by);
    const std::string_view name = by == forwarded_by::forwarded ? "forwarded" : "x-forwarded-for";
    return ours.find_origin({proxy, false}, std::vector<header>{{name, value}});
}

void check_header(forwarded_by by, std::string_view value, std::string_view written) {
    const guard::request_origin found = origin_by(by, value);
    must(found.client.is_known());
    must(origin_by(by, std::string(value) + ", " + std::string(written)).client == reader);
    const guard::trusted_proxies none;
    const std::vector<header> sent{{"x-forwarded-for", value}, {"x-forwarded-proto", value}};
    must(none.find_origin({proxy, false}, sent) == guard::request_origin{proxy, false});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t line = std::min(text.find('\n'), size);
    const std::string_view rest = text.substr(std::min(line + 1, size));
    check_address(text.substr(0, line));
    check_network(text.substr(0, line));
    check_header(forwarded_by::x_forwarded_for, rest, "192.0.2.1");
    check_header(forwarded_by::forwarded, rest, "for=192.0.2.1;proto=https");
    return 0;
}
