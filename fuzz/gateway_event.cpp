// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/gateway_event.hpp"

#include "runtime/lambda/gateway_answer.hpp"

#include <boost/json/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace palabre;

void must(bool held) {
    if (!held) std::abort();
}

}  // namespace

// Whatever Lambda hands over is a request with a path, or refused in a sentence; and whatever of it
// is sent back is JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    try {
        const lambda::gateway_event event(bytes, {.client_header = "x-client"});
        const http::request asked = event.request();
        must(asked.path.starts_with('/'));
        must(!event.has_bad_body() || asked.body.empty());
        must(!event.who().person.name.empty() || event.who().person.groups.empty());
        must(!asked.vouched || !asked.vouched->name.empty());
        must(!asked.vouched || asked.vouched->may == role::site || asked.vouched->signed_in);
        http::response answer;
        answer.set("x-query", std::string(asked.query));
        answer.body = std::string(asked.body);
        boost::json::parse(lambda::gateway_answer(answer, asked, event.format()));
    } catch (const lambda::event_error& error) {
        must(*error.what() != '\0');
    }
    return 0;
}
