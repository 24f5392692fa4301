// SPDX-License-Identifier: Apache-2.0
#include "guard/forwarded.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace palabre::guard {
namespace {

using namespace std::string_view_literals;

std::vector<std::string_view> from_the_right(std::string_view list) {
    std::vector<std::string_view> all;
    std::string_view element;
    while (take_last_element(list, element))
        all.push_back(element);
    return all;
}

TEST(forwarded_list, is_read_from_the_right) {
    using list = std::vector<std::string_view>;
    EXPECT_EQ(from_the_right("a, b ,\tc"), (list{"c", "b", "a"}));
    EXPECT_EQ(from_the_right(",a,, ,b,"), (list{"b", "a"}));
    EXPECT_EQ(from_the_right(" , ,"), list{});
    EXPECT_EQ(from_the_right(""), list{});
    EXPECT_EQ(from_the_right(R"(a="x,y", b)"), (list{"b", R"(a="x,y")"}));
    // Whatever a client leaves open at the left, what the proxy added at the right stays the same.
    EXPECT_EQ(from_the_right(R"(for=", for=192.0.2.1)").front(), "for=192.0.2.1");
    EXPECT_EQ(from_the_right(R"(for="\", for="[::1]:1")").front(), R"(for="[::1]:1")");
}

std::string node(std::string_view text) {
    const auto found = parse_forwarded_node(text);
    return found ? to_string(*found) : "-";
}

TEST(forwarded_node, is_an_address_with_or_without_a_port) {
    struct row {
        std::string_view text, address;
    };
    const row rows[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"192.0.2.1:8080", "192.0.2.1"},
        {"2001:db8::1", "2001:db8::1"},
        {"[2001:db8::1]", "2001:db8::1"},
        {"[2001:db8::1]:8080", "2001:db8::1"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"192.0.2.1:", "-"},
        {"192.0.2.1:123456", "-"},
        {"192.0.2.1:x", "-"},
        {"[192.0.2.1]", "-"},
        {"[2001:db8::1", "-"},
        {"[2001:db8::1]8080", "-"},
        {"[2001:db8::1]:", "-"},
        {"2001:db8::1]", "-"},
        {"::", "-"},
        {"unknown", "-"},
        {"_hidden", "-"},
        {"localhost", "-"},
        {"", "-"},
        {"192.0.2.1\0"sv, "-"},
        {"1.2.3.4 5.6.7.8", "-"},
    };
    for (const auto& [text, address] : rows)
        EXPECT_EQ(node(text), address) << text;
}

TEST(forwarded_element, gives_address_and_scheme) {
    struct row {
        std::string_view text, client, scheme;
    };
    const row rows[] = {
        {"for=192.0.2.43", "192.0.2.43", "-"},
        {R"(For="[2001:db8:cafe::17]:4711")", "2001:db8:cafe::17", "-"},
        {"for=192.0.2.60; proto=http;by=203.0.113.43", "192.0.2.60", "http"},
        {R"(by="a;b" ; PROTO="HTTPS" ; for="192.0.2.1:80")", "192.0.2.1", "https"},
        {"proto=https", "-", "https"},
        {"for=unknown;proto=gopher", "-", "-"},
        {"for=_secret", "-", "-"},
        {R"(for="\192.0.2.1")", "bad", "bad"},
        {R"(for=")", "bad", "bad"},
        {R"(for="1.2.3.4"x)", "bad", "bad"},
        {"for", "bad", "bad"},
        {"for=192.0.2.1;for=192.0.2.2", "bad", "bad"},
        {"proto=http;proto=https", "bad", "bad"},
    };
    for (const auto& [text, client, scheme] : rows) {
        const auto found = parse_forwarded_element(text);
        ASSERT_EQ(!found, client == "bad") << text;
        if (!found) continue;
        EXPECT_EQ(found->client ? to_string(*found->client) : "-", client) << text;
        EXPECT_EQ(!found->secure ? "-" : *found->secure ? "https" : "http", scheme) << text;
    }
}

}  // namespace
}  // namespace palabre::guard
