// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/refusal.hpp"

#include "blob/s3/answers.hpp"

#include <fmt/format.h>

namespace palabre::blob {
namespace {

constexpr unsigned forbidden = 403;

std::string elsewhere(const refused_call& asked, const std::string& region) {
    return fmt::format(
        "the bucket {} is in {}, and was looked for in {}; set AWS_REGION={}",
        asked.bucket,
        region,
        asked.region,
        region
    );
}

// What S3 says when it does not say why.
constexpr std::string_view without_reason = "Access Denied";

// Names only what this call needs: whoever may not delete here is not to be given that. Where more
// than a missing right may be the reason, a policy that forbids for example, S3 tells which.
std::string denied(const refused_call& asked, const std::string& told) {
    auto made =
        fmt::format("access to the bucket {} is denied; this needs {}", asked.bucket, asked.right);
    if (!told.empty() && told != without_reason) made += "; S3 says: " + told;
    return made;
}

}  // namespace

std::string why_refused(const aws::response& answer, const refused_call& asked) {
    const auto told = find_error(answer).value_or(told_error{});
    if (!told.region.empty() && told.region != asked.region) return elsewhere(asked, told.region);
    if (told.code == "NoSuchBucket") return fmt::format("there is no bucket {}", asked.bucket);
    // The answer to HEAD has no body to name an error in.
    if (told.code == "AccessDenied" || (told.code.empty() && answer.status == forbidden)) {
        return denied(asked, told.message);
    }
    if (told.code == "SignatureDoesNotMatch" || told.code == "InvalidAccessKeyId") {
        return fmt::format("S3 does not know these credentials ({})", told.code);
    }
    if (told.code == "ExpiredToken") return "the credentials have ended; renew them";
    if (told.code == "RequestTimeTooSkewed") return "the clock of this machine is wrong";
    if (told.code.empty()) return fmt::format("S3 answered with status {}", answer.status);
    return fmt::format("S3 says {}: {}", told.code, told.message);
}

}  // namespace palabre::blob
