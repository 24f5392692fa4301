// SPDX-License-Identifier: Apache-2.0
#include "home/function/function_settings.hpp"

#include "home/function/names.hpp"
#include "home/function/startup_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace palabre::function {
namespace {

struct reason {
    std::string_view begin;  // of the setting's whole name
    std::string_view text;
};

constexpr std::array kept{
    std::string_view("server.max_body_kb"), std::string_view("server.log_addresses")
};

constexpr auto reasons = std::to_array<reason>({
    {"server.", "API Gateway takes the requests"},
    {"tls.", "API Gateway and CloudFront have the certificates, by ACM"},
    {"site.", "S3 and CloudFront serve the site"},
    {"limits.requests_", "AWS WAF and the usage plan of API Gateway limit requests"},
    {"store.", "comments are in DynamoDB, in the table of PALABRE_TABLE"},
    {"cache.", "CloudFront keeps the pages"},
    {"metrics.", "metrics go to CloudWatch by themselves"},
    {"log.", "the log goes to CloudWatch by itself"},
    {"backup.", "the function backup makes them, when its schedule says so"},
});

std::string name_of(const config::field& which) {
    return fmt::format("{}.{}", which.section, which.key);
}

// Takes the text of one of our own variables out of the others, which the config room knows.
std::string take(config::environment& from, std::string_view name) {
    const auto found = from.find(std::string(name));
    if (found == from.end()) return {};
    auto text = std::move(found->second);
    from.erase(found);
    return text;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

bool is_header_name(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::string missing_secret(std::string_view path) {
    constexpr std::string_view how =
        "at least 32 random bytes, as `openssl rand -base64 32` gives them";
    if (path.empty()) {
        return fmt::format(
            "there is no {}: set it to {}; or set {} to a path of parameters that has {}.",
            edit_secret_variable,
            how,
            parameters_variable,
            edit_secret_parameter
        );
    }
    return fmt::format(
        "the parameter {}{} is missing: put {}, there as a SecureString.",
        path,
        edit_secret_parameter,
        how
    );
}

// Settings that were written and have no place here, each with the reason.
class refusals {
public:
    explicit refusals(std::vector<std::string>& problems) : problems_(problems) {}

    // False when `which` may be written.
    bool refuse(const config::field& which, std::string_view written_as) {
        const auto why = reason_against(which);
        if (why.empty()) return false;
        problems_.push_back(
            fmt::format("{} is a setting of the server: in a function, {}.", written_as, why)
        );
        return true;
    }

private:
    std::vector<std::string>& problems_;
};

std::string_view behind(std::string_view path, std::string_view name) {
    return name.starts_with(path) ? name.substr(path.size()) : name;
}

std::vector<config::parameter> settings_among(
    std::span<const stored_parameter> parameters, std::string_view path, refusals& refused
) {
    std::vector<config::parameter> made;
    for (const auto& [name, value] : parameters) {
        const auto rest = behind(path, name);
        if (rest == edit_secret_parameter) continue;
        const auto is_called_so = [&](const config::field& known) {
            return rest == fmt::format("{}/{}", known.section, known.key);
        };
        const auto known = std::ranges::find_if(config::schema(), is_called_so);
        if (known != config::schema().end() && refused.refuse(*known, name)) continue;
        made.push_back({name, std::string(rest), value});
    }
    return made;
}

void take_out_refused(config::environment& variables, refusals& refused) {
    for (const auto& known : config::schema()) {
        const auto name = config::variable_of(known);
        if (variables.contains(name) && refused.refuse(known, name)) variables.erase(name);
    }
}

std::string secret_among(std::span<const stored_parameter> parameters, std::string_view path) {
    const auto found = std::ranges::find_if(parameters, [&](const stored_parameter& each) {
        return behind(path, each.name) == edit_secret_parameter;
    });
    return found == parameters.end() ? std::string() : found->value;
}

// What is no setting of the server.
void take_own_variables(
    config::environment& left, function_settings& made, std::vector<std::string>& problems
) {
    take(left, parameters_variable);
    if (!take(left, config::file_variable).empty()) {
        problems.push_back(fmt::format(
            "{} names a settings file, and a function has none: use variables, or parameters "
            "below the path of {}.",
            config::file_variable,
            parameters_variable
        ));
    }
    made.table = take(left, table_variable);
    made.client_header = lower(take(left, client_header_variable));
    if (!is_header_name(made.client_header)) {
        problems.push_back(fmt::format(
            "{} is no name of a header; write one such as cloudfront-viewer-address.",
            client_header_variable
        ));
    }
    made.edit_secret = take(left, edit_secret_variable);
}

void check_secret(
    std::string_view secret, std::string_view path, std::vector<std::string>& problems
) {
    if (secret.empty()) {
        problems.push_back(missing_secret(path));
    } else if (secret.size() < edit_secret_bytes_min) {
        problems.push_back(fmt::format(
            "the secret of edit tokens is too short: {} bytes at least.", edit_secret_bytes_min
        ));
    }
}

}  // namespace

std::string_view reason_against(const config::field& which) {
    const auto name = name_of(which);
    if (std::ranges::count(kept, name) > 0) return {};
    const auto begins = [&](const reason& each) { return name.starts_with(each.begin); };
    const auto* const found = std::ranges::find_if(reasons, begins);
    return found == reasons.end() ? std::string_view() : found->text;
}

function_settings read_function_settings(
    std::span<const stored_parameter> parameters,
    std::string_view path,
    const config::environment& variables
) {
    std::vector<std::string> problems;
    refusals refused(problems);
    auto left = variables;
    function_settings made;
    take_own_variables(left, made, problems);
    if (made.edit_secret.empty()) made.edit_secret = secret_among(parameters, path);
    check_secret(made.edit_secret, path, problems);
    const auto chosen = settings_among(parameters, path, refused);
    take_out_refused(left, refused);
    auto common = config::load(chosen, left);
    if (common) {
        made.common = *std::move(common);
    } else {
        for (const auto& each : common.error())
            problems.push_back(config::to_text(each));
    }
    if (!problems.empty()) throw startup_error(fmt::format("{}", fmt::join(problems, "\n")));
    return made;
}

}  // namespace palabre::function
