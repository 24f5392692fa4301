// SPDX-License-Identifier: Apache-2.0
#include "aws/answer_reader.hpp"
#include "aws/client.hpp"
#include "aws/connection_error.hpp"
#include "aws/credential_places.hpp"
#include "aws/endpoint.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace {

using namespace palabre::aws;

constexpr std::size_t body_bytes_max = 4'096;

// None when it was refused, or not all there.
std::optional<response> read(std::string_view bytes, std::size_t at_a_time) {
    answer_reader reader(answer_reader::body::expected, body_bytes_max);
    try {
        while (!bytes.empty() && !reader.is_done()) {
            reader.take(bytes.substr(0, at_a_time));
            bytes.remove_prefix(std::min(at_a_time, bytes.size()));
        }
        if (!reader.is_done()) reader.take_end();
    } catch (const connection_error&) {
        return std::nullopt;
    }
    return reader.give();
}

void must(bool held) {
    if (!held) std::abort();
}

// Refuses with a sentence, or not at all.
void try_to(const auto& work) {
    try {
        work();
    } catch (const std::runtime_error& error) {
        must(*error.what() != '\0');
    }
}

}  // namespace

// However an answer is cut into pieces, it is read the same. What a file, a container or a variable
// may hold is read or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto whole = read(bytes, size);
    const auto cut = read(bytes, 1);
    must(whole.has_value() == cut.has_value());
    if (whole) {
        must(whole->status == cut->status && whole->headers == cut->headers);
        must(whole->body == cut->body && whole->body.size() <= body_bytes_max);
        static_cast<void>(json_error_code(*whole));
        static_cast<void>(has_right_crc(*whole));
    }
    try_to([&] { static_cast<void>(credentials_in(bytes, "default")); });
    try_to([&] { static_cast<void>(credentials_in_json(bytes)); });
    try_to([&] { static_cast<void>(parse_endpoint(bytes, "it")); });
    return 0;
}
