// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// What a function of ours reads from its environment, and what its parameters are called: the one
// place that the infrastructure is tested against. Beside these, every setting that makes sense
// here is a variable PALABRE_SECTION_KEY, as for the server, and a parameter section/key.
namespace palabre::function {

// The path of the parameters: "/palabre/production/". Not set: none are read.
inline constexpr std::string_view parameters_variable = "PALABRE_PARAMETERS";

// The table of comments; its default stands in store/dynamodb/table.hpp.
inline constexpr std::string_view table_variable = "PALABRE_TABLE";

// The header in which whoever stands before the gateway names the client, such as
// "cloudfront-viewer-address". To be set only where nobody reaches the gateway without it.
inline constexpr std::string_view client_header_variable = "PALABRE_CLIENT_HEADER";

// What edit tokens are made with: the parameter edit_secret, a SecureString; or a variable, where
// there are no parameters.
inline constexpr std::string_view edit_secret_parameter = "edit_secret";
inline constexpr std::string_view edit_secret_variable = "PALABRE_EDIT_SECRET";

// Which function a process is: the handler of its Lambda function.
inline constexpr std::string_view handler_variable = "_HANDLER";
inline constexpr std::string_view api_handler = "api";
inline constexpr std::string_view backup_handler = "backup";

// Of the function backup alone. Where backups stand: "s3://bucket/prefix".
inline constexpr std::string_view backup_place_variable = "PALABRE_BACKUP_PLACE";
// The bucket of the site, "s3://bucket" or with a prefix. Not set: backups hold no site.
inline constexpr std::string_view site_place_variable = "PALABRE_SITE_PLACE";

// Set by Lambda.
inline constexpr std::string_view runtime_api_variable = "AWS_LAMBDA_RUNTIME_API";
inline constexpr std::string_view start_variable = "AWS_LAMBDA_INITIALIZATION_TYPE";

}  // namespace palabre::function
