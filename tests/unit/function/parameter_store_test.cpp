// SPDX-License-Identifier: Apache-2.0
#include "home/function/parameter_store.hpp"

#include "home/function/cloud.hpp"
#include "home/function/startup_error.hpp"
#include "unit/aws/among.hpp"
#include "unit/aws/scripted_server.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace palabre::function {
namespace {

using std::chrono::seconds;
using test::scripted_server;
using testing::HasSubstr;

std::string answer(unsigned status, const std::string& body) {
    return fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\n\r\n{}", status, body.size(), body);
}

// Systems Manager at a port of this machine.
class parameter_store_test : public testing::Test {
protected:
    std::vector<stored_parameter> read(scripted_server& from, const std::string& path = "/p") {
        variables_ = {
            {"AWS_REGION", "eu-west-3"},
            {"AWS_ACCESS_KEY_ID", "AKID"},
            {"AWS_SECRET_ACCESS_KEY", "secret"},
            {"AWS_ENDPOINT_URL_SSM", "http://" + host_header(from.where())},
        };
        cloud with(aws::among(variables_));
        auto service = with.make_client(parameter_service(with.environment()));
        return parameter_store(service, path).read_all(aws::client::clock::now() + seconds(20));
    }
    std::string complaint(scripted_server& from) {
        try {
            static_cast<void>(read(from, "/palabre/production"));
        } catch (const startup_error& error) {
            return error.what();
        }
        return "(none)";
    }

    std::map<std::string, std::string> variables_;
};

TEST_F(parameter_store_test, reads_all_pages_decrypted) {
    const auto first =
        answer(200, R"({"Parameters":[{"Name":"/p/a/b","Type":"String","Value":"1","Version":1}],
                "NextToken":"to\"ken"})");
    const auto second = answer(
        200, R"({"Parameters":[{"Name":"/p/edit_secret","Type":"SecureString","Value":"é"}]})"
    );
    scripted_server ssm({{{.answer = first}, {.answer = second}}});
    EXPECT_THAT(
        read(ssm, "/p/"),
        testing::ElementsAre(
            stored_parameter{"/p/a/b", "1"}, stored_parameter{"/p/edit_secret", "é"}
        )
    );
    const auto heard = ssm.heard();
    EXPECT_THAT(heard, HasSubstr("X-Amz-Target: AmazonSSM.GetParametersByPath\r\n"));
    EXPECT_THAT(heard, HasSubstr("Content-Type: application/x-amz-json-1.1\r\n"));
    EXPECT_THAT(heard, HasSubstr("/eu-west-3/ssm/aws4_request"));
    EXPECT_THAT(
        heard, HasSubstr(R"({"Path":"/p","Recursive":true,"WithDecryption":true,"MaxResults":10})")
    );
    EXPECT_THAT(heard, HasSubstr(R"("MaxResults":10,"NextToken":"to\"ken"})"));
}

TEST_F(parameter_store_test, says_what_the_role_lacks) {
    const auto denied = answer(
        400, R"({"__type":"AccessDeniedException","Message":"User: arn:aws:sts::1:x is not …"})"
    );
    scripted_server ssm({{{.answer = denied}}});
    const auto told = complaint(ssm);
    EXPECT_THAT(told, HasSubstr("parameters below /palabre/production/ could not be read"));
    EXPECT_THAT(told, HasSubstr("ssm:GetParametersByPath on parameter/palabre/production and "));
    EXPECT_THAT(told, HasSubstr("kms:Decrypt"));
}

TEST_F(parameter_store_test, says_what_is_no_answer) {
    for (const char* body : {
             "",
             "[]",
             "{}",
             R"({"Parameters":{}})",
             R"({"Parameters":[1]})",
             R"({"Parameters":[{"Name":"/p/a"}]})",
             R"({"Parameters":[{"Name":"","Value":"v"}]})",
             R"({"Parameters":[{"Name":"/p/a","Value":7}]})",
             R"({"Parameters":[],"NextToken":7})",
         }) {
        const auto bytes = answer(200, body);
        scripted_server ssm({{{.answer = bytes}}});
        EXPECT_THAT(complaint(ssm), HasSubstr("no list of parameters")) << body;
    }
}

TEST_F(parameter_store_test, ends_when_there_are_far_too_many) {
    const auto page = answer(200, R"({"Parameters":[],"NextToken":"on"})");
    std::vector<scripted_server::turn> turns(parameter_store::pages_max, {.answer = page});
    scripted_server ssm({turns});
    EXPECT_THAT(complaint(ssm), HasSubstr("narrow PALABRE_PARAMETERS"));
}

TEST_F(parameter_store_test, wants_a_path) {
    scripted_server ssm({});
    for (const char* path : {"palabre", "/", "//", " "})
        EXPECT_THROW(static_cast<void>(read(ssm, path)), startup_error) << path;
    EXPECT_EQ(ssm.accepted(), 0);
}

}  // namespace
}  // namespace palabre::function
