// SPDX-License-Identifier: Apache-2.0
#include "support/moto_table.hpp"

#include "store/dynamodb/dynamodb_record_sink.hpp"
#include "store/dynamodb/dynamodb_store.hpp"
#include "store/dynamodb/service.hpp"
#include "support/export_tool.hpp"
#include "support/moto_server.hpp"
#include "support/s3_ground.hpp"
#include "unit/aws/among.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <atomic>
#include <stdexcept>

namespace palabre::test {
namespace {

std::string next_name() {
    static std::atomic<int> count = 0;
    return "table-" + std::to_string(++count);
}

aws::client::clock::time_point in_a_minute() {
    return aws::client::clock::now() + std::chrono::minutes(1);
}

}  // namespace

moto_table::moto_table()
    : environment_(aws::among(moto().owner())),
      roots_(environment_),
      who_(environment_, hurried_world().now, roots_),
      client_(store::dynamodb_service(environment_), who_, roots_, hurried_world()),
      name_(next_name()) {
    store::create_dynamodb_table(client_, name_, in_a_minute());
    ask("UpdateContinuousBackups",
        fmt::format(
            R"({{"TableName":"{}","PointInTimeRecoverySpecification":{{"PointInTimeRecoveryEnabled":true}}}})",
            name_
        ));
}

void moto_table::fill(const contract::all_records& with) {
    store::dynamodb_record_sink sink(client_, {name_});
    contract::put_all(with, sink);
}

contract::all_records moto_table::records() {
    const contract::manual_clock wall;
    store::dynamodb_store store(client_, wall, {name_, nullptr, in_a_minute});
    return contract::records_of(store);
}

std::string moto_table::ask(const std::string& operation, const std::string& body) {
    aws::request asked;
    asked.headers = {
        {"Content-Type", "application/x-amz-json-1.0"},
        {"X-Amz-Target", "DynamoDB_20120810." + operation}
    };
    asked.body = body;
    const auto answer = client_.call(asked, in_a_minute());
    if (answer.status != 200) throw std::runtime_error(operation + ": " + answer.body);
    return answer.body;
}

std::string moto_table::export_to(const std::string& bucket, const std::string& prefix) {
    const auto table =
        boost::json::parse(ask("DescribeTable", R"({"TableName":")" + name_ + "\"}"));
    const std::string arn(table.at("Table").at("TableArn").as_string());
    auto told = boost::json::parse(ask(
        "ExportTableToPointInTime",
        fmt::format(R"({{"TableArn":"{}","S3Bucket":"{}","S3Prefix":"{}"}})", arn, bucket, prefix)
    ));
    const std::string name(told.at("ExportDescription").at("ExportArn").as_string());
    while (told.at("ExportDescription").at("ExportStatus") == "IN_PROGRESS")
        told = boost::json::parse(ask("DescribeExport", R"({"ExportArn":")" + name + "\"}"));
    return complete_exports(bucket, prefix);
}

std::string complete_exports(const std::string& bucket, const std::string& prefix) {
    s3_ground ground(moto().owner(), bucket);
    blob::s3_store store(ground.bucket(), "");
    std::string last;
    for (const auto& each : store.list(prefix + "/AWSDynamoDB/")) {
        const auto data = each.name.find("/data/");
        if (data == std::string::npos) continue;
        last = each.name.substr(0, data);
        if (!store.get(last + "/manifest-summary.json")) write_export_manifests(store, last);
    }
    return last;
}

}  // namespace palabre::test
