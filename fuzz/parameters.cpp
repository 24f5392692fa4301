// SPDX-License-Identifier: Apache-2.0
#include "home/function/parameters.hpp"

#include "home/function/function_settings.hpp"
#include "home/function/startup_error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace {

using namespace palabre::function;

void must(bool held) {
    if (!held) std::abort();
}

void try_to_use(const parameter_page& page) {
    try {
        const auto made = read_function_settings(page.parameters, "/p/", {});
        must(made.edit_secret.size() >= edit_secret_bytes_min);
    } catch (const startup_error& error) {
        must(*error.what() != '\0');
    }
}

}  // namespace

// Whatever Systems Manager answers is a page of parameters, or refused in a sentence; and whatever
// they are called and hold makes settings, or is refused in as many sentences.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    try {
        const auto page = read_parameter_page(bytes);
        for (const auto& each : page.parameters)
            must(!each.name.empty());
        must(!parameter_request("/p", page.next).empty());
        try_to_use(page);
    } catch (const std::runtime_error& error) {
        must(*error.what() != '\0');
    }
    return 0;
}
