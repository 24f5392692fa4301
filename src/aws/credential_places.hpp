// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/credentials.hpp"
#include "aws/variables.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::aws {

// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; none when either of the first two
// is missing. In a Lambda function these are those of its role.
[[nodiscard]] std::optional<credentials> credentials_of(const variables& environment);

// Those of one profile in a credentials file: an INI file of sections [name] and lines key = value,
// as the AWS command line writes it. None when there is no such profile; one without its keys
// throws std::runtime_error that says which is missing.
[[nodiscard]] std::optional<credentials> credentials_in(
    std::string_view file, std::string_view profile
);

// Where that file is and which profile is meant: AWS_SHARED_CREDENTIALS_FILE or ~/.aws/credentials,
// AWS_PROFILE or "default".
struct profile_place {
    std::filesystem::path file;  // empty when there is neither variable nor home
    std::string profile;
};
[[nodiscard]] profile_place profile_place_of(const variables& environment);

// Where a container's credentials are asked for: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
// …_FULL_URI, with the token of …AUTHORIZATION_TOKEN_FILE or …AUTHORIZATION_TOKEN.
struct container_place {
    std::string url;
    std::string authorization;  // may be empty
};

// None when neither is set. Throws std::runtime_error when the address is none that credentials may
// be sent to in plain text (loopback, and the link-local ones of ECS and EKS), the token's file
// cannot be read, or the token would not fit into a header.
[[nodiscard]] std::optional<container_place> container_place_of(const variables& environment);

// The JSON that such a place answers: AccessKeyId, SecretAccessKey, Token, Expiration. Throws
// std::runtime_error when it is anything else.
[[nodiscard]] credentials credentials_in_json(std::string_view json);

}  // namespace palabre::aws
