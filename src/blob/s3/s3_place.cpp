// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/s3_place.hpp"

#include "blob/s3/answers.hpp"
#include "ports/blob_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace palabre::blob {
namespace {

constexpr std::string_view scheme = "s3://";

// What S3 allows (bucketnamingrules.html), but for rules that only keep names from looking alike.
bool is_bucket_name(std::string_view name) {
    constexpr std::size_t shortest = 3;
    constexpr std::size_t longest = 63;
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const auto fits = [&](char c) { return is_plain(c) || c == '-' || c == '.'; };
    return name.size() >= shortest && name.size() <= longest && std::ranges::all_of(name, fits) &&
           is_plain(name.front()) && is_plain(name.back());
}

}  // namespace

bool is_s3_url(std::string_view text) noexcept {
    return text.starts_with(scheme);
}

s3_place parse_s3_url(std::string_view url) {
    std::string_view rest = url.substr(std::min(url.size(), scheme.size()));
    while (rest.ends_with('/'))
        rest.remove_suffix(1);
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto bucket = rest.substr(0, slash);
    const auto prefix = rest.substr(std::min(slash + 1, rest.size()));
    const bool fine = is_s3_url(url) && is_bucket_name(bucket);
    if (!fine || (!prefix.empty() && !is_blob_name(prefix))) {
        throw std::runtime_error(fmt::format(
            "\"{}\" names no place in S3: write s3://bucket or s3://bucket/some/prefix, the prefix "
            "of letters, digits, \"-\", \"_\" and \".\"",
            url
        ));
    }
    return {std::string(bucket), prefix.empty() ? "" : std::string(prefix) + "/"};
}

std::string to_url(const s3_place& place) {
    std::string_view prefix = place.prefix;
    if (prefix.ends_with('/')) prefix.remove_suffix(1);
    return fmt::format("{}{}{}{}", scheme, place.bucket, prefix.empty() ? "" : "/", prefix);
}

aws::service s3_service(const std::string& bucket, const aws::variables& environment) {
    const std::string region = aws::region_of(environment);
    aws::endpoint where = aws::endpoint_of("s3", region, environment);
    const bool elsewhere = environment("AWS_ENDPOINT_URL_S3") || environment("AWS_ENDPOINT_URL");
    if (elsewhere || bucket.find('.') != std::string::npos) {
        where.base_path += "/" + bucket;
    } else {
        where.host = bucket + "." + where.host;
    }
    return {
        std::move(where),
        {.region = region,
         .service = "s3",
         .path = aws::path_rule::verbatim,
         .body = aws::body_header::sent},
        aws::usual_rules,
        error_code_in
    };
}

}  // namespace palabre::blob
