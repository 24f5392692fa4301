// SPDX-License-Identifier: Apache-2.0
#include "aws/credential_places.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace palabre::aws {
namespace {

constexpr std::string_view ecs_host = "http://169.254.170.2";

std::string_view trim(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

void set(credentials& to, std::string_view key, std::string_view value) {
    if (key == "aws_access_key_id") to.access_key_id = value;
    if (key == "aws_secret_access_key") to.secret_access_key = value;
    if (key == "aws_session_token") to.session_token = value;
}

void require_keys(const credentials& found, std::string_view where) {
    if (!found.access_key_id.empty() && !found.secret_access_key.empty()) return;
    const char* lacking =
        found.access_key_id.empty() ? "aws_access_key_id" : "aws_secret_access_key";
    throw std::runtime_error(std::string(where) + " has no " + lacking);
}

// In plain text, credentials go to this machine and to the addresses that AWS keeps for them.
bool may_be_asked(std::string_view url) {
    if (url.starts_with("https://")) return true;
    if (!url.starts_with("http://")) return false;
    url.remove_prefix(7);
    const std::string_view host = url.starts_with('[') ? url.substr(0, url.find(']') + 1)
                                                       : url.substr(0, url.find_first_of(":/"));
    constexpr std::array<std::string_view, 6> known{
        "localhost", "127.0.0.1", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"
    };
    return std::ranges::find(known, host) != known.end();
}

std::string read_token(const variables& environment) {
    const auto file = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
    if (!file) return environment("AWS_CONTAINER_AUTHORIZATION_TOKEN").value_or("");
    std::ifstream in(*file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        throw std::runtime_error(
            "the file " + *file + " of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read"
        );
    }
    return std::string(trim(text.str()));
}

std::string member(const boost::json::object& of, std::string_view name) {
    const auto* value = of.if_contains(name);
    const auto* text = value != nullptr ? value->if_string() : nullptr;
    if (text == nullptr || text->empty()) {
        throw std::runtime_error("the answer with credentials has no " + std::string(name));
    }
    return std::string(*text);
}

}  // namespace

std::optional<credentials> credentials_of(const variables& environment) {
    const auto id = environment("AWS_ACCESS_KEY_ID");
    const auto secret = environment("AWS_SECRET_ACCESS_KEY");
    if (!id || !secret) return std::nullopt;
    return credentials{*id, *secret, environment("AWS_SESSION_TOKEN").value_or(""), std::nullopt};
}

std::optional<credentials> credentials_in(std::string_view file, std::string_view profile) {
    std::optional<credentials> found;
    bool inside = false;
    while (!file.empty()) {
        const std::string_view line = trim(take_line(file));
        if (line.empty() || line.starts_with('#') || line.starts_with(';')) continue;
        if (line.starts_with('[') && line.ends_with(']')) {
            inside = trim(line.substr(1, line.size() - 2)) == profile;
            if (inside && !found) found.emplace();
            continue;
        }
        const std::size_t equals = line.find('=');
        if (!inside || equals == std::string_view::npos) continue;
        set(*found, trim(line.substr(0, equals)), trim(line.substr(equals + 1)));
    }
    if (found) require_keys(*found, "the profile " + std::string(profile));
    return found;
}

profile_place profile_place_of(const variables& environment) {
    profile_place place{{}, environment("AWS_PROFILE").value_or("default")};
    if (const auto file = environment("AWS_SHARED_CREDENTIALS_FILE")) {
        place.file = *file;
    } else if (const auto home = environment("HOME")) {
        place.file = std::filesystem::path(*home) / ".aws" / "credentials";
    }
    return place;
}

std::optional<container_place> container_place_of(const variables& environment) {
    container_place place;
    if (const auto relative = environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")) {
        place.url = std::string(ecs_host) + *relative;
    } else if (const auto full = environment("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
        place.url = *full;
    } else {
        return std::nullopt;
    }
    if (!may_be_asked(place.url)) {
        throw std::runtime_error(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http on this machine or at the "
            "addresses of ECS and EKS; it is " +
            place.url
        );
    }
    place.authorization = read_token(environment);
    if (place.authorization.find_first_of("\r\n") != std::string::npos) {
        throw std::runtime_error("the token for the container's credentials holds a line break");
    }
    return place;
}

credentials credentials_in_json(std::string_view json) {
    boost::system::error_code failed;
    const auto value = boost::json::parse(json, failed);
    const auto* object = failed ? nullptr : value.if_object();
    if (object == nullptr)
        throw std::runtime_error("the answer with credentials is no JSON object");
    credentials found{member(*object, "AccessKeyId"), member(*object, "SecretAccessKey"), {}, {}};
    if (object->contains("Token")) found.session_token = member(*object, "Token");
    if (object->contains("Expiration")) {
        found.expires_at = parse_rfc3339(member(*object, "Expiration"));
        if (!found.expires_at) {
            throw std::runtime_error("the answer with credentials ends at a time that is none");
        }
    }
    return found;
}

}  // namespace palabre::aws
