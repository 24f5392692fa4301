// SPDX-License-Identifier: Apache-2.0
#include "aws/sigv4.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace palabre::aws {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
    return text;
}

std::string header_of(const request& sent, std::string_view name) {
    for (const header& each : sent.headers)
        if (each.name == name) return each.value;
    return "absent";
}

// The first line of an HTTP request, whose target may hold spaces.
void read_target(request& into, std::string_view line) {
    const std::size_t method = line.find(' ');
    into.method = line.substr(0, method);
    std::string_view target = line.substr(method + 1, line.rfind(' ') - method - 1);
    const std::size_t mark = std::min(target.find('?'), target.size());
    into.path = target.substr(0, mark);
    into.query = mark < target.size() ? target.substr(mark + 1) : "";
}

// A request as the published suite writes it: header lines may be folded.
request parse(const std::string& text) {
    request made;
    std::size_t at = text.find('\n');
    read_target(made, std::string_view(text).substr(0, at));
    while (at < text.size()) {
        const std::size_t begin = at + 1;
        at = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, at - begin);
        if (line.empty()) break;
        if (line.front() == ' ') {
            made.headers.back().value += "\n" + line;
            continue;
        }
        const std::size_t colon = line.find(':');
        made.headers.push_back({line.substr(0, colon), line.substr(colon + 1)});
    }
    if (at < text.size()) made.body = text.substr(at + 1);
    return made;
}

struct case_context {
    credentials who;
    timestamp at;
    signing_scope scope;
};

case_context context_of(const fs::path& folder) {
    const auto json = boost::json::parse(read(folder / "context.json"));
    const auto text = [](const boost::json::value& of, const char* name) {
        return std::string(of.at(name).as_string());
    };
    case_context made;
    const auto& who = json.at("credentials");
    made.who = {text(who, "access_key_id"), text(who, "secret_access_key"), "", {}};
    if (who.as_object().contains("token")) made.who.session_token = text(who, "token");
    made.at = parse_rfc3339(text(json, "timestamp")).value_or(timestamp{});
    made.scope = {.region = text(json, "region"), .service = text(json, "service")};
    if (!json.at("normalize").as_bool()) made.scope.path = path_rule::encoded;
    if (json.at("sign_body").as_bool()) made.scope.body = body_header::sent;
    const auto* unsigned_token = json.as_object().if_contains("omit_session_token");
    if (unsigned_token != nullptr && unsigned_token->as_bool()) {
        made.scope.token = token_rule::sent_unsigned;
    }
    return made;
}

TEST(sigv4, signs_as_the_published_suite_expects) {
    const fs::path suite = fs::path(PALABRE_SOURCE_DIR) / ".." / "shared" / "data" / "sigv4";
    if (!fs::is_directory(suite)) GTEST_SKIP() << "the published suite is not at hand";
    int cases = 0;
    for (const auto& entry : fs::directory_iterator(suite)) {
        if (!entry.is_directory()) continue;
        ++cases;
        SCOPED_TRACE(entry.path().filename().string());
        const case_context of = context_of(entry.path());
        request sent = parse(read(entry.path() / "request.txt"));
        signer(of.scope).sign(sent, of.who, of.at);

        // What was signed: all but the authorization, and a token that goes unsigned.
        request before = sent;
        std::erase_if(before.headers, [&](const header& each) {
            return each.name == "authorization" || (each.name == "x-amz-security-token" &&
                                                    of.scope.token == token_rule::sent_unsigned);
        });
        const std::string canonical =
            canonical_request(before, of.scope.path, util::to_hex(util::sha256(sent.body)));
        EXPECT_EQ(canonical, read(entry.path() / "header-canonical-request.txt"));
        EXPECT_EQ(
            string_to_sign(canonical, of.at, of.scope),
            read(entry.path() / "header-string-to-sign.txt")
        );
        EXPECT_THAT(
            header_of(sent, "authorization"),
            ::testing::EndsWith("Signature=" + read(entry.path() / "header-signature.txt"))
        );
    }
    EXPECT_EQ(cases, 38);
}

// What the suite has no case for is what S3 needs, and the key that is kept.

constexpr timestamp noon{1'440'938'160'000};  // 2015-08-30T12:36:00Z
const credentials somebody{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", {}};

request get(std::string path, std::string query = "") {
    request made;
    made.method = "GET";
    made.path = std::move(path);
    made.query = std::move(query);
    made.headers = {{"Host", "example.amazonaws.com"}};
    return made;
}

std::string line_of(const std::string& canonical, int number) {
    std::size_t begin = 0;
    for (int i = 0; i < number; ++i)
        begin = canonical.find('\n', begin) + 1;
    return canonical.substr(begin, canonical.find('\n', begin) - begin);
}

TEST(sigv4, knows_the_simplest_request_by_heart) {
    request sent = get("/");
    signer({.region = "us-east-1", .service = "service"}).sign(sent, somebody, noon);
    EXPECT_EQ(header_of(sent, "x-amz-date"), "20150830T123600Z");
    EXPECT_EQ(
        header_of(sent, "authorization"),
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, "
        "Signature=5fa00fa31553b73ebf194267"
        "6e86291e8372ff2a2260956d9b8aae1d763fbf31"
    );
}

TEST(sigv4, leaves_the_keys_of_s3_as_they_are) {
    const auto path = [](const char* of, path_rule rule) {
        return line_of(canonical_request(get(of), rule, ""), 1);
    };
    EXPECT_EQ(path("/a//b/../c%20d", path_rule::verbatim), "/a//b/../c%20d");
    EXPECT_EQ(path("/a//b/../c%20d", path_rule::encoded), "/a//b/../c%2520d");
    EXPECT_EQ(path("/a//b/../c%20d", path_rule::normalized), "/a/c%2520d");
    EXPECT_EQ(path("/a/b/..", path_rule::normalized), "/a/");
    EXPECT_EQ(path("/../..", path_rule::normalized), "/");
    EXPECT_EQ(path("", path_rule::verbatim), "/");
}

TEST(sigv4, encodes_what_a_query_holds_once) {
    const auto query = [](const char* of) {
        return line_of(canonical_request(get("/", of), path_rule::verbatim, ""), 2);
    };
    EXPECT_EQ(query("prefix=a%2Fb&list-type=2"), "list-type=2&prefix=a%2Fb");
    EXPECT_EQ(query("uploads"), "uploads=");
    EXPECT_EQ(query("b=2&a=2&a=1&&c"), "a=1&a=2&b=2&c=");
    EXPECT_EQ(query("a=%7E+%zz"), "a=~%2B%25zz");
}

TEST(sigv4, sends_the_hash_of_the_body_where_it_is_wanted) {
    request sent = get("/key");
    sent.body = "bytes";
    signing_scope scope{.region = "eu-west-3", .service = "s3", .path = path_rule::verbatim};
    scope.body = body_header::sent;
    signer(scope).sign(sent, somebody, noon);
    EXPECT_EQ(header_of(sent, "x-amz-content-sha256"), util::to_hex(util::sha256("bytes")));
    EXPECT_THAT(
        header_of(sent, "authorization"),
        ::testing::HasSubstr("SignedHeaders=host;x-amz-content-sha256;x-amz-date")
    );
}

TEST(sigv4, derives_another_key_for_another_day_and_another_secret) {
    const auto signed_by = [](signer& with, const credentials& who, timestamp at) {
        request sent = get("/");
        with.sign(sent, who, at);
        return header_of(sent, "authorization");
    };
    const signing_scope scope{.region = "us-east-1", .service = "service"};
    const timestamp tomorrow{noon.ms + 86'400'000};
    credentials other = somebody;
    other.secret_access_key = "another";
    signer kept(scope);
    for (const auto& [who, at] :
         {std::pair{somebody, noon}, {somebody, tomorrow}, {other, tomorrow}, {somebody, noon}}) {
        signer fresh(scope);
        EXPECT_EQ(signed_by(kept, who, at), signed_by(fresh, who, at));
    }
}

}  // namespace
}  // namespace palabre::aws
