// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/answers.hpp"
#include "blob/s3/s3_place.hpp"
#include "ports/blob_store.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace {

using namespace palabre;

void must(bool held) {
    if (!held) std::abort();
}

template <class reader>
void refused_or_read(const reader& read) {
    try {
        read();
    } catch (const blob_error& error) {
        must(*error.what() != '\0');
    }
}

void check_url(std::string_view text) {
    try {
        const auto place = blob::parse_s3_url(text);
        must(blob::parse_s3_url(blob::to_url(place)) == place);
    } catch (const std::runtime_error& error) {
        must(*error.what() != '\0');
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    refused_or_read([&] { static_cast<void>(blob::parse_listing(text)); });
    refused_or_read([&] { must(!blob::parse_text(text, "UploadId").empty()); });
    for (const unsigned status : {200U, 403U}) {
        const auto told = blob::find_error({status, {}, std::string(text)});
        must(status == 200 || told.has_value());
    }
    if (const auto crc = blob::parse_crc32(text))
        must(blob::parse_crc32(blob::crc32_text(*crc)) == crc);
    check_url(text);
    return 0;
}
