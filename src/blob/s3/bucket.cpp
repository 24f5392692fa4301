// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/bucket.hpp"

#include "aws/connection_error.hpp"
#include "blob/s3/refusal.hpp"
#include "ports/blob_store.hpp"
#include "util/percent.hpp"

#include <fmt/format.h>

#include <charconv>
#include <exception>
#include <utility>

namespace palabre::blob {
namespace {

// What each call wants to be allowed. Who may not list is told "denied", not "not there", by S3, so
// reading wants that, too.
constexpr const char* may_write = "s3:PutObject";
constexpr const char* may_read = "s3:GetObject and s3:ListBucket";
constexpr const char* may_list = "s3:ListBucket";
constexpr const char* may_copy = "s3:PutObject here, and s3:GetObject where it is copied from";
constexpr const char* may_remove = "s3:DeleteObject";
constexpr const char* may_abort = "s3:AbortMultipartUpload";

constexpr unsigned found = 200;
constexpr unsigned found_part = 206;
constexpr unsigned not_found = 404;
constexpr unsigned changed = 412;
constexpr unsigned no_such_range = 416;
constexpr unsigned errors_from = 300;

// An answer of 200 that tells an error is asked for again so often.
constexpr int late_errors_max = 3;

// As S3 signs them: every byte but the unreserved ones and the slashes between the parts.
std::string path_of(std::string_view key) {
    return "/" + util::percent_encode(key, "/");
}

aws::request asking(std::string method, const std::string& key, std::string query = {}) {
    return {std::move(method), path_of(key), std::move(query), {}, {}};
}

std::string upload_query(std::size_t number, const std::string& upload) {
    return fmt::format("partNumber={}&uploadId={}", number, util::percent_encode(upload));
}

// "bytes 0-41/107": how long the whole is.
std::optional<std::uint64_t> whole_size(const std::string* range) {
    const auto slash = range == nullptr ? std::string::npos : range->rfind('/');
    if (slash == std::string::npos) return std::nullopt;
    std::uint64_t size = 0;
    const char* end = range->data() + range->size();
    const auto [stop, failed] = std::from_chars(range->data() + slash + 1, end, size);
    if (failed != std::errc() || stop != end) return std::nullopt;
    return size;
}

object_facts facts_in(const aws::response& answer, std::uint64_t bytes) {
    object_facts made{bytes, {}, {}};
    if (const auto* etag = answer.find("etag")) made.etag = *etag;
    if (const auto* crc = answer.find("x-amz-checksum-crc32")) made.crc32 = parse_crc32(*crc);
    return made;
}

void add_crc(aws::request& to, std::uint32_t crc) {
    to.headers.push_back({"x-amz-sdk-checksum-algorithm", "CRC32"});
    to.headers.push_back({"x-amz-checksum-crc32", crc32_text(crc)});
}

std::string source_of(const std::string& from_bucket, const std::string& key) {
    return from_bucket + path_of(key);
}

std::string etag_in_header(const aws::response& answer) {
    const auto* etag = answer.find("etag");
    if (etag == nullptr) throw blob_error("the answer of S3 names no ETag");
    return *etag;
}

}  // namespace

bucket::deadlines bucket::usual_deadlines() {
    return [] { return clock::now() + call_time_max; };
}

bucket::bucket(std::string name, std::string region, aws::client& by, deadlines until)
    : name_(std::move(name)), region_(std::move(region)), by_(by), until_(std::move(until)) {}

void bucket::put(const std::string& key, std::string bytes, std::uint32_t crc) {
    auto asked = asking("PUT", key);
    add_crc(asked, crc);
    asked.body = std::move(bytes);
    const task doing{"cannot write " + key, may_write};
    const auto answer = call(asked, doing);
    if (answer.status >= errors_from) fail(answer, doing);
}

std::optional<object_piece> bucket::get(
    const std::string& key, std::uint64_t from, std::size_t size, const std::string& etag
) {
    auto asked = asking("GET", key);
    asked.headers.push_back({"range", fmt::format("bytes={}-{}", from, from + size - 1)});
    asked.headers.push_back({"x-amz-checksum-mode", "ENABLED"});
    if (!etag.empty()) asked.headers.push_back({"if-match", etag});
    const task doing{"cannot read " + key, may_read};
    auto answer = call(asked, doing);
    if (answer.status == changed) {
        throw blob_error(fmt::format("{} was replaced while it was read", key));
    }
    if (answer.status == no_such_range && from == 0) {
        // There is no first byte: the object is empty.
        object_piece none{{}, facts_in(answer, 0)};
        none.whole.crc32.reset();
        return none;
    }
    if (answer.status == not_found && error_code_in(answer) != "NoSuchBucket") return std::nullopt;
    if (answer.status != found && answer.status != found_part) fail(answer, doing);
    const auto whole = answer.status == found ? std::optional<std::uint64_t>(answer.body.size())
                                              : whole_size(answer.find("content-range"));
    if (!whole)
        throw blob_error(doing.failed + ": the answer of S3 does not say which bytes it gives");
    object_piece made{{}, facts_in(answer, *whole)};
    made.bytes = std::move(answer.body);
    return made;
}

std::optional<object_facts> bucket::head(const std::string& key) {
    auto asked = asking("HEAD", key);
    asked.headers.push_back({"x-amz-checksum-mode", "ENABLED"});
    const task doing{"cannot look at " + key, may_read};
    const auto answer = call(asked, doing);
    if (answer.status == not_found) return std::nullopt;
    if (answer.status >= errors_from) fail(answer, doing);
    std::uint64_t bytes = 0;
    if (const auto* length = answer.find("content-length"))
        std::from_chars(length->data(), length->data() + length->size(), bytes);
    return facts_in(answer, bytes);
}

listing bucket::list(const std::string& prefix, const std::string& next, std::size_t keys_max) {
    auto asked = asking("GET", "");
    asked.query = fmt::format("list-type=2&max-keys={}", keys_max);
    if (!next.empty()) asked.query += "&continuation-token=" + util::percent_encode(next);
    if (!prefix.empty()) asked.query += "&prefix=" + util::percent_encode(prefix);
    const task doing{fmt::format("cannot list s3://{}/{}", name_, prefix), may_list};
    const auto answer = call(asked, doing);
    if (answer.status >= errors_from) fail(answer, doing);
    return parse_listing(answer.body);
}

void bucket::copy(
    const std::string& from_bucket,
    const std::string& from_key,
    const std::string& etag,
    const std::string& to_key
) {
    auto asked = asking("PUT", to_key);
    asked.headers.push_back({"x-amz-copy-source", source_of(from_bucket, from_key)});
    asked.headers.push_back({"x-amz-copy-source-if-match", etag});
    const task doing{fmt::format("cannot copy {} to {}", from_key, to_key), may_copy};
    const auto answer = call_until_done(asked, doing);
    if (answer.status == changed) throw blob_error(doing.failed + ": it was replaced meanwhile");
    if (find_error(answer)) fail(answer, doing);
}

void bucket::remove(const std::string& key) {
    const task doing{"cannot remove " + key, may_remove};
    const auto answer = call(asking("DELETE", key), doing);
    if (answer.status >= errors_from) fail(answer, doing);
}

std::string bucket::begin_upload(const std::string& key) {
    auto asked = asking("POST", key, "uploads=");
    asked.headers.push_back({"x-amz-checksum-algorithm", "CRC32"});
    asked.headers.push_back({"x-amz-checksum-type", "FULL_OBJECT"});
    const task doing{"cannot begin to write " + key, may_write};
    const auto answer = call(asked, doing);
    if (answer.status >= errors_from) fail(answer, doing);
    return parse_text(answer.body, "UploadId");
}

finished_part bucket::put_part(
    const std::string& key,
    const std::string& upload,
    std::size_t number,
    std::string bytes,
    std::uint32_t crc
) {
    auto asked = asking("PUT", key, upload_query(number, upload));
    add_crc(asked, crc);
    asked.body = std::move(bytes);
    const task doing{fmt::format("cannot write part {} of {}", number, key), may_write};
    const auto answer = call(asked, doing);
    if (answer.status >= errors_from) fail(answer, doing);
    return {etag_in_header(answer), crc32_text(crc)};
}

finished_part bucket::copy_part(
    const std::string& key,
    const std::string& upload,
    std::size_t number,
    const std::string& from_bucket,
    const std::string& from_key,
    const object_facts& of,
    std::uint64_t from,
    std::uint64_t size
) {
    auto asked = asking("PUT", key, upload_query(number, upload));
    const auto range = fmt::format("bytes={}-{}", from, from + size - 1);
    asked.headers.push_back({"x-amz-copy-source", source_of(from_bucket, from_key)});
    asked.headers.push_back({"x-amz-copy-source-if-match", of.etag});
    asked.headers.push_back({"x-amz-copy-source-range", range});
    const task doing{
        fmt::format("cannot copy part {} of {} to {}", number, from_key, key), may_copy
    };
    const auto answer = call_until_done(asked, doing);
    if (find_error(answer)) fail(answer, doing);
    return {parse_text(answer.body, "ETag"), {}};
}

void bucket::complete_upload(
    const std::string& key,
    const std::string& upload,
    const std::vector<finished_part>& parts,
    std::optional<std::uint32_t> crc
) {
    auto asked = asking("POST", key, "uploadId=" + util::percent_encode(upload));
    if (crc) {
        asked.headers.push_back({"x-amz-checksum-crc32", crc32_text(*crc)});
        asked.headers.push_back({"x-amz-checksum-type", "FULL_OBJECT"});
    }
    asked.body = "<CompleteMultipartUpload>";
    std::size_t number = 0;
    for (const auto& part : parts) {
        asked.body += fmt::format("<Part><PartNumber>{}</PartNumber>", ++number);
        // Quotes may stand in the text of an element.
        asked.body += fmt::format("<ETag>{}</ETag>", part.etag);
        if (!part.crc32.empty()) asked.body += "<ChecksumCRC32>" + part.crc32 + "</ChecksumCRC32>";
        asked.body += "</Part>";
    }
    asked.body += "</CompleteMultipartUpload>";
    const task doing{"cannot write " + key, may_write};
    const auto answer = call_until_done(asked, doing);
    const auto told = find_error(answer);
    if (!told) return;
    // After a lost answer the upload is no more, because it is done.
    if (crc && told->code == "NoSuchUpload") {
        const auto there = head(key);
        if (there && there->crc32 == crc) return;
    }
    fail(answer, doing);
}

void bucket::abort_upload(const std::string& key, const std::string& upload) {
    const task doing{"cannot give up what was written of " + key, may_abort};
    const auto answer =
        call(asking("DELETE", key, "uploadId=" + util::percent_encode(upload)), doing);
    if (answer.status >= errors_from && answer.status != not_found) fail(answer, doing);
}

aws::response bucket::call(const aws::request& asked, const task& doing) {
    try {
        return by_.call(asked, until_());
    } catch (const std::exception& error) {  // no answer, or no credentials
        throw blob_error(fmt::format("{}: {}", doing.failed, error.what()));
    }
}

// What takes S3 long is answered with 200 before it has ended, and may end with an error.
aws::response bucket::call_until_done(const aws::request& asked, const task& doing) {
    for (int tries = 1;; ++tries) {
        auto answer = call(asked, doing);
        const bool late = answer.status == found && find_error(answer);
        if (!late || tries == late_errors_max) return answer;
    }
}

void bucket::fail(const aws::response& answer, const task& doing) const {
    const auto why = why_refused(answer, {name_, region_, doing.right});
    throw blob_error(fmt::format("{}: {}", doing.failed, why));
}

}  // namespace palabre::blob
