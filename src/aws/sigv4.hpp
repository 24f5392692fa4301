// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/credentials.hpp"
#include "aws/request.hpp"
#include "core/timestamp.hpp"
#include "util/sha256.hpp"

#include <string>
#include <string_view>

namespace palabre::aws {

// AWS Signature Version 4, as "Signing AWS API requests" in the IAM User Guide has it and the
// published test suite expects it, to the byte. Values only: no clock, no socket.

// How the path of a service is signed. S3 takes keys as they are: "a//b" and "a/../b" are names.
enum class path_rule {
    normalized,  // dot segments and empty ones are removed first, then it is encoded once more
    encoded,     // only encoded once more
    verbatim,    // S3
};

// Whether x-amz-content-sha256 goes along; S3 demands it.
enum class body_header { absent, sent };

// What is done with a session token.
enum class token_rule { is_signed, sent_unsigned };

struct signing_scope {
    std::string region;   // "eu-west-3"
    std::string service;  // "dynamodb"
    path_rule path = path_rule::normalized;
    body_header body = body_header::absent;
    token_rule token = token_rule::is_signed;
};

// The steps, for those who want to see them.
[[nodiscard]] std::string canonical_request(
    const request& of, path_rule path, std::string_view body_sha256
);
[[nodiscard]] std::string string_to_sign(
    std::string_view canonical, timestamp at, const signing_scope& scope
);

// Signs requests of one scope. Keeps the key derived for the day, which would take four fifths of
// the time. Used by one thread at a time.
class signer {
public:
    explicit signer(signing_scope scope);

    // Adds x-amz-date, the token, x-amz-content-sha256 where wanted, and authorization. The request
    // has its host header, and none of these.
    void sign(request& to, const credentials& who, timestamp at);

private:
    [[nodiscard]] const util::sha256_digest& key_for(const credentials& who, std::string_view day);

    const signing_scope scope_;
    std::string key_day_;
    std::string key_secret_;
    util::sha256_digest key_{};
};

}  // namespace palabre::aws
