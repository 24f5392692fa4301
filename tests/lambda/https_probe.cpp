// SPDX-License-Identifier: Apache-2.0
// Asks one HTTPS URL as the program of AWS Lambda asks a service: https_probe URL. Prints the status
// and the body. Linked as that program is, so that it shows whether names and TLS work in it.
#include "aws/connection.hpp"
#include "aws/trust.hpp"

#include <openssl/crypto.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>

namespace {

std::optional<std::string> variable(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

palabre::aws::response ask(const char* url) {
    // Under qemu, on a busy machine.
    constexpr std::chrono::seconds patience{60};
    const auto where = palabre::aws::parse_endpoint(url, "the URL");
    palabre::aws::trust roots(variable);
    palabre::aws::connection connection(where, &roots);
    palabre::aws::request asked;
    asked.method = "GET";
    asked.path = "/";
    asked.headers = {{"Host", host_header(where)}};
    return connection.exchange(asked, std::chrono::steady_clock::now() + patience);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("https_probe URL\n", stderr);
        return 2;
    }
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);  // as there
    try {
        const auto got = ask(argv[1]);
        std::printf("%u %s\n", got.status, got.body.c_str());
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "https_probe: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
