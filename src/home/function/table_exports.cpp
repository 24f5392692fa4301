// SPDX-License-Identifier: Apache-2.0
#include "home/function/table_exports.hpp"

#include "util/json_text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace palabre::function {
namespace {

constexpr unsigned ok_status = 200;

std::string export_advice_for(std::string_view code, std::string_view table) {
    if (code == "PointInTimeRecoveryUnavailableException") {
        return fmt::format("switch on point-in-time recovery of the table {}", table);
    }
    if (code == "AccessDeniedException") {
        return "allow the role of this function dynamodb:DescribeTable, "
               "dynamodb:ExportTableToPointInTime and dynamodb:DescribeExport, and s3:PutObject on "
               "the bucket";
    }
    if (code == "ResourceNotFoundException" || code == "TableNotFoundException") {
        return fmt::format("there is no table {} in this account and region", table);
    }
    return "see what it says";
}

boost::json::object parse(const std::string& body) {
    boost::system::error_code failed;
    auto value = boost::json::parse(body, failed);
    if (failed || !value.is_object()) throw std::runtime_error("DynamoDB answered with no JSON");
    return std::move(value.get_object());
}

const boost::json::object& object_in(const boost::json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    const auto* object = found != nullptr ? found->if_object() : nullptr;
    if (object == nullptr) {
        throw std::runtime_error(fmt::format("the answer of DynamoDB has no {}", name));
    }
    return *object;
}

// Empty when there is none: optional members may be null.
std::string text_in(const boost::json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    const auto* text = found != nullptr ? found->if_string() : nullptr;
    return text != nullptr ? std::string(text->data(), text->size()) : std::string();
}

std::string required_text(const boost::json::object& of, std::string_view name) {
    auto text = text_in(of, name);
    if (text.empty()) {
        throw std::runtime_error(fmt::format("the answer of DynamoDB has no {}", name));
    }
    return text;
}

}  // namespace

table_exports::table_exports(aws::client& service, std::string table, deadlines until)
    : service_(service), table_(std::move(table)), until_(std::move(until)) {}

std::string table_exports::arn_of_table() {
    std::string body;
    util::json_object(body).add("TableName", table_);
    const auto answer = ask("DescribeTable", std::move(body));
    if (answer.status != ok_status) fail("DescribeTable", answer);
    return required_text(object_in(parse(answer.body), "Table"), "TableArn");
}

std::string table_exports::begin(
    const std::string& bucket, const std::string& prefix, const std::string& token
) {
    const auto arn = arn_of_table();
    std::string body;
    {
        util::json_object written(body);
        written.add("TableArn", arn);
        written.add("S3Bucket", bucket);
        written.add("S3Prefix", prefix);
        written.add("ExportFormat", "DYNAMODB_JSON");
        written.add("ClientToken", token);
    }
    const auto answer = ask("ExportTableToPointInTime", std::move(body));
    if (answer.status != ok_status) fail("ExportTableToPointInTime", answer);
    return required_text(object_in(parse(answer.body), "ExportDescription"), "ExportArn");
}

table_export table_exports::look_at(const std::string& arn) {
    std::string body;
    util::json_object(body).add("ExportArn", arn);
    const auto answer = ask("DescribeExport", std::move(body));
    // DynamoDB forgets an export that is long over; then nobody can say how it went.
    if (aws::json_error_code(answer) == "ExportNotFoundException") {
        return {table_export::status::failed, "DynamoDB does not know it any more", {}};
    }
    if (answer.status != ok_status) fail("DescribeExport", answer);
    const auto root = parse(answer.body);
    const auto& told = object_in(root, "ExportDescription");
    const auto status = required_text(told, "ExportStatus");
    if (status == "IN_PROGRESS") return {};
    if (status == "COMPLETED") {
        table_export made{table_export::status::completed, {}, {}};
        const auto* items = told.if_contains("ItemCount");
        if (items != nullptr && items->is_int64() && items->get_int64() >= 0)
            made.items = static_cast<std::uint64_t>(items->get_int64());
        return made;
    }
    return {
        table_export::status::failed,
        fmt::format("{}: {}", text_in(told, "FailureCode"), text_in(told, "FailureMessage")),
        {}
    };
}

aws::response table_exports::ask(std::string_view operation, std::string body) {
    aws::request asked;
    asked.headers = {
        {"Content-Type", "application/x-amz-json-1.0"},
        {"X-Amz-Target", fmt::format("DynamoDB_20120810.{}", operation)},
        {"Accept-Encoding", "identity"}
    };
    asked.body = std::move(body);
    return service_.call(asked, until_());
}

void table_exports::fail(std::string_view operation, const aws::response& answer) const {
    const auto code = aws::json_error_code(answer);
    throw std::runtime_error(fmt::format(
        "DynamoDB refuses {} with {} ({}): {}",
        operation,
        answer.status,
        code,
        export_advice_for(code, table_)
    ));
}

}  // namespace palabre::function
