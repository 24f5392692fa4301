// SPDX-License-Identifier: Apache-2.0
#include "load/requests.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace bench {
namespace {

std::string request_of(std::string_view line, std::uint16_t port) {
    const std::size_t tab = line.find('\t');
    std::string made =
        fmt::format("{} HTTP/1.1\r\nHost: localhost:{}\r\n", line.substr(0, tab), port);
    if (tab == std::string_view::npos) return made + "\r\n";
    const std::string_view body = line.substr(tab + 1);
    fmt::format_to(
        std::back_inserter(made),
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        body.size(),
        body
    );
    return made;
}

}  // namespace

requests::requests(const options& chosen) : taken_(chosen.taken), chance_(chosen.seed) {
    std::ifstream file(chosen.requests_file);
    for (std::string line; std::getline(file, line);) {
        if (!line.empty()) all_.push_back(request_of(line, chosen.port));
    }
    if (all_.empty()) throw std::runtime_error("no request in " + chosen.requests_file);
}

std::string_view requests::next() {
    if (taken_ == order::at_random) return all_[chance_() % all_.size()];
    const std::size_t now = at_;
    at_ = at_ + 1 == all_.size() ? 0 : at_ + 1;
    return all_[now];
}

}  // namespace bench
