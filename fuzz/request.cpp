// SPDX-License-Identifier: Apache-2.0

// Bytes of a connection, cut as the first byte says, into the code that decides what they ask for.
// What it accepts must not depend on how it was cut, and its views must lie in memory it owns.
#include "runtime/server/request_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

using palabre::server::request_limits;
using palabre::server::request_reader;
using state = request_reader::state;

void add(std::string& to, std::string_view text) {
    to.append(text).push_back('\n');
}

// Every byte of the request is read, so that a sanitizer sees a view that points elsewhere.
void write_down(std::string& seen, request_reader& reader) {
    const palabre::http::request& asked = reader.request();
    add(seen, std::to_string(static_cast<int>(asked.verb)));
    add(seen, asked.host);
    add(seen, asked.path);
    add(seen, asked.query);
    add(seen, asked.body);
    for (const palabre::http::header_view& each : asked.headers) {
        add(seen, each.name);
        add(seen, each.value);
    }
    add(seen, reader.keep_alive() ? "keep" : "close");
}

std::string requests_in(std::string_view bytes, std::size_t step) {
    // Small enough for a fuzzer to cross.
    const request_limits limits{
        .head_bytes = 2048, .headers = 20, .target_bytes = 256, .body_bytes = 1024
    };
    request_reader reader(limits);
    std::string seen;
    while (true) {
        while (reader.now() == state::complete) {
            write_down(seen, reader);
            if (!reader.keep_alive()) return seen;
            reader.next();
        }
        // Bytes that break off may be refused at once or waited on: only what is accepted counts.
        if (reader.now() == state::failed || bytes.empty()) return seen;
        (void)reader.take_wants_continue();
        const auto space = reader.space();
        if (space.empty()) std::abort();
        const std::size_t count = std::min({step, space.size(), bytes.size()});
        std::memcpy(space.data(), bytes.data(), count);
        bytes.remove_prefix(count);
        reader.received(count);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t step = data[0] % 64 + 1;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string whole = requests_in(bytes, bytes.size() + 1);
    if (requests_in(bytes, step) != whole) std::abort();
    return 0;
}
