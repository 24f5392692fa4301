// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/service.hpp"

namespace palabre::store {

aws::service dynamodb_service(const aws::variables& environment) {
    const auto region = aws::region_of(environment);
    return {
        aws::endpoint_of("dynamodb", region, environment),
        {.region = region, .service = "dynamodb"},
        aws::dynamodb_rules,
        aws::json_error_code
    };
}

}  // namespace palabre::store
