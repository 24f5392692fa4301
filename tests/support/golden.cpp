// SPDX-License-Identifier: Apache-2.0
#include "support/golden.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fstream>
#include <sstream>

namespace palabre::test {
namespace {

namespace json = boost::json;

std::string text_at(const json::value& object, const char* name) {
    const json::value* member = object.as_object().if_contains(name);
    return member == nullptr ? std::string() : std::string(member->as_string());
}

asking request_of(const json::value& entry) {
    const json::value& asked = entry.at("request");
    asking made(text_at(asked, "method"), text_at(asked, "target"));
    if (const json::value* headers = asked.as_object().if_contains("headers")) {
        for (const auto& [name, value] : headers->as_object()) {
            made.with(std::string(name), std::string(value.as_string()));
        }
    }
    if (const json::value* body = asked.as_object().if_contains("json")) {
        made.json(json::serialize(*body));
    }
    return made;
}

}  // namespace

json::array read_golden(const std::string& name) {
    std::ifstream file(PALABRE_SOURCE_DIR "/contract/golden/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).as_array();
}

json::value answer_to(http::handler& app, const json::value& entry) {
    const asking asked = request_of(entry);
    const http::response answer = app.handle(asked.request());
    json::object stated;
    stated["status"] = answer.status;
    json::object headers;
    for (const auto& [name, value] : answer.headers)
        headers[name] = value;
    stated["headers"] = headers;
    const std::string body = text_of(answer);
    if (!body.empty()) stated["body"] = body;
    return stated;
}

std::string difference(http::handler& app, const json::value& entry) {
    const std::string got = json::serialize(answer_to(app, entry));
    const std::string wanted = json::serialize(entry.at("response"));
    if (got == wanted) return {};
    return text_at(entry, "name") + "\n  wanted " + wanted + "\n  got    " + got;
}

}  // namespace palabre::test
