// SPDX-License-Identifier: Apache-2.0
#include "aws/request.hpp"

#include <algorithm>

namespace palabre::aws {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

const std::string* response::find(std::string_view name) const noexcept {
    const auto same = [&](const header& each) {
        return std::ranges::equal(each.name, name, {}, lower, lower);
    };
    const auto found = std::ranges::find_if(headers, same);
    return found == headers.end() ? nullptr : &found->value;
}

}  // namespace palabre::aws
