// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/errors.hpp"

#include <array>

namespace palabre::store::dynamodb {
namespace {

struct known_error {
    std::string_view code;
    std::string_view sentence;  // % stands for the table
};

constexpr std::string_view no_access =
    "access to the table % is denied: give the role or the user of these credentials a policy that "
    "allows DynamoDB's GetItem, BatchGetItem, Query, Scan, PutItem, UpdateItem, DeleteItem, "
    "BatchWriteItem and ConditionCheckItem on the table and its indexes";
constexpr std::string_view not_known =
    "DynamoDB does not take the credentials: check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and "
    "AWS_SESSION_TOKEN, or the profile, and the clock of this machine";
constexpr std::string_view ended =
    "the credentials for DynamoDB have ended: log in again, or let the process get new ones";
constexpr std::string_view throttled =
    "DynamoDB was asked for more than the table % may take: raise its throughput, or let it be "
    "paid by request";

constexpr std::array known_errors = {
    known_error{
        "ResourceNotFoundException",
        "there is no table % in this region, or it lacks an index: create it, or set the name and "
        "AWS_REGION to those of the one that is there"
    },
    known_error{"ResourceInUseException", "there is a table % already, or it is being changed"},
    known_error{"AccessDeniedException", no_access},
    known_error{"UnrecognizedClientException", not_known},
    known_error{"InvalidSignatureException", not_known},
    known_error{"IncompleteSignatureException", not_known},
    known_error{"MissingAuthenticationTokenException", not_known},
    known_error{"MissingAuthenticationToken", not_known},
    known_error{"ExpiredTokenException", ended},
    known_error{"ProvisionedThroughputExceededException", throttled},
    known_error{"RequestLimitExceeded", throttled},
    known_error{"ThrottlingException", throttled},
    known_error{
        "ItemCollectionSizeLimitExceededException", "the table % takes no more of this section"
    },
};

}  // namespace

std::string sentence_about(
    std::string_view code, std::string_view message, std::string_view table
) {
    std::string made = "DynamoDB did not do what it was asked";
    for (const auto& each : known_errors) {
        if (each.code != code) continue;
        made = each.sentence;
        const auto place = made.find('%');
        if (place != std::string::npos) made.replace(place, 1, table);
    }
    made.append(" (").append(code.empty() ? "no error code" : code);
    if (!message.empty()) made.append(": ").append(message);
    return made.append(")");
}

}  // namespace palabre::store::dynamodb
