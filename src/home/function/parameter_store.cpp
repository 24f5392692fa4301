// SPDX-License-Identifier: Apache-2.0
#include "home/function/parameter_store.hpp"

#include "home/function/names.hpp"
#include "home/function/startup_error.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace palabre::function {
namespace {

std::string with_slash(std::string path) {
    const bool names_something = path.find_first_not_of('/') != std::string::npos;
    if (!path.starts_with('/') || !names_something) {
        throw startup_error(fmt::format(
            "{} is \"{}\"; write the path of this installation, such as /palabre/production/.",
            parameters_variable,
            path
        ));
    }
    if (!path.ends_with('/')) path.push_back('/');
    return path;
}

std::string parameter_advice_for(std::string_view code, std::string_view path) {
    const std::string_view bare = path.substr(0, path.size() - 1);
    if (code == "AccessDeniedException") {
        return fmt::format(
            "Allow the role of this function ssm:GetParametersByPath on parameter{} and "
            "parameter{}*, and kms:Decrypt on the key of its SecureStrings where that is one of "
            "your own.",
            bare,
            path
        );
    }
    if (code == "ThrottlingException") return "Too much was asked of it; it will be tried again.";
    return fmt::format("Is {} a path of this account and region?", path);
}

}  // namespace

aws::service parameter_service(const aws::variables& environment) {
    aws::service made;
    made.scope.region = aws::region_of(environment);
    made.scope.service = "ssm";
    made.where = aws::endpoint_of("ssm", made.scope.region, environment);
    made.error_code = aws::json_error_code;
    return made;
}

parameter_store::parameter_store(aws::client& service, const std::string& path)
    : service_(service), path_(with_slash(path)) {}

std::vector<stored_parameter> parameter_store::read_all(aws::client::clock::time_point deadline) {
    std::vector<stored_parameter> all;
    std::string next;
    for (std::size_t pages = 0; pages < pages_max; ++pages) {
        auto page = read_page(next, deadline);
        std::ranges::move(page.parameters, std::back_inserter(all));
        if (page.next.empty()) return all;
        next = std::move(page.next);
    }
    throw startup_error(fmt::format(
        "there are far more parameters below {} than settings: narrow {}.",
        path_,
        parameters_variable
    ));
}

parameter_page parameter_store::read_page(
    std::string_view next, aws::client::clock::time_point deadline
) {
    aws::request asked;
    asked.headers = {
        {"Content-Type", "application/x-amz-json-1.1"},
        {"X-Amz-Target", "AmazonSSM.GetParametersByPath"},
    };
    asked.body = parameter_request(std::string_view(path_).substr(0, path_.size() - 1), next);
    aws::response got;
    try {
        got = service_.call(asked, deadline);
        if (got.status == 200) return read_parameter_page(got.body);
    } catch (const std::runtime_error& lost) {
        throw startup_error(
            fmt::format("the parameters below {} could not be read: {}.", path_, lost.what())
        );
    }
    const auto code = aws::json_error_code(got);
    throw startup_error(fmt::format(
        "the parameters below {} could not be read: Systems Manager answered {}{}{}. {}",
        path_,
        got.status,
        code.empty() ? "" : " ",
        code,
        parameter_advice_for(code, path_)
    ));
}

}  // namespace palabre::function
