// SPDX-License-Identifier: Apache-2.0
#include "http/api.hpp"

#include "core/text.hpp"
#include "service/keys.hpp"
#include "store/memory/memory_store.hpp"
#include "support/asking.hpp"
#include "support/drafts.hpp"
#include "support/fakes.hpp"

#include <boost/json/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace palabre;

// Lines of a request as a fuzzer likes them: method and target, header fields, an empty line, the
// body as it is.
test::asking read_request(std::string_view text) {
    const auto take_line = [&] {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        return line;
    };
    const std::string first = take_line();
    const std::size_t space = std::min(first.find(' '), first.size());
    const std::string target = space < first.size() ? first.substr(space + 1) : "/commentaires";
    test::asking made(first.substr(0, space), target);
    for (std::string line = take_line(); !line.empty(); line = take_line()) {
        const std::size_t colon = std::min(line.find(':'), line.size());
        made.with(line.substr(0, colon), line.substr(std::min(colon + 1, line.size())));
    }
    made.body(std::string(text));
    return made;
}

// The key of a moderator, whose bodies are read by more parsers than those of anybody else.
issued_key moderator() {
    api_key wanted;
    wanted.name = "k";
    wanted.may = role::moderator;
    return issue_key(wanted, std::string(key_entropy_bytes, 'k'));
}

void must(bool held) {
    if (!held) std::abort();
}

}  // namespace

// Whatever is asked, by a moderator too, the answer has a status of the contract and a body of
// valid JSON and UTF-8; and the page that is cached is the page that is made.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::fake_clock clock;
    test::counting_ids ids;
    http::page_cache cache(100'000);
    store::memory_store store(clock, &cache);
    http::api_options options;
    options.contract_json = "{}";
    options.report_fault = [](std::string_view, std::string_view) { std::abort(); };
    http::api app(options, {store, store, store, clock, ids}, cache);
    static const issued_key key = moderator();
    store.add_key(key.stored);
    const comment present = test::nth_comment(1);
    store.add_missing({&present, 1});

    auto asked = read_request({reinterpret_cast<const char*>(data), size});
    if (asked.request().path.starts_with("/moderation/")) asked.with("x-api-key", key.text);
    const http::response answer = app.handle(asked.request());
    must(answer.status >= 200 && answer.status < 500);
    const auto* coding = answer.find("content-encoding");
    const std::string body = test::text_of(answer);
    if (!body.empty() && coding == nullptr) {
        must(is_valid_utf8(body));
        boost::json::parse(body);
    }
    if (const auto cached = app.answer_at_once(asked.request())) {
        must(cached->status == answer.status && test::text_of(*cached) == body);
    }
    return 0;
}
