// SPDX-License-Identifier: Apache-2.0
#include "archive/sealed.hpp"

#include "archive/members.hpp"
#include "util/sha256.hpp"

namespace palabre::archive {
namespace {

constexpr std::string_view before_checksum = ",\"checksum\":\"";
constexpr std::string_view after_checksum = "\"}\n";

}  // namespace

std::string sealed(std::string object) {
    object.pop_back();  // the last brace comes after the checksum
    const auto sum = util::to_hex(util::sha256(object));
    return object.append(before_checksum).append(sum).append(after_checksum);
}

void require_seal(std::string_view text) {
    const auto tail = before_checksum.size() + 64 + after_checksum.size();
    const auto body = text.substr(0, text.size() < tail ? 0 : text.size() - tail);
    const auto expected =
        fmt::format("{}{}{}", before_checksum, util::to_hex(util::sha256(body)), after_checksum);
    if (text.substr(body.size()) != expected) {
        throw bad_member("was changed: its checksum is another");
    }
}

}  // namespace palabre::archive
