// SPDX-License-Identifier: Apache-2.0
#include "runtime/lambda/escaped_bodies.hpp"

#include "core/text.hpp"
#include "util/json_text.hpp"

#include <algorithm>
#include <utility>

namespace palabre::lambda {

std::string_view escaped_bodies::text_of(const http::shared_bytes& body) {
    const auto is_it = [&](const entry& each) {
        return each.begin == body.bytes.data() && each.length == body.bytes.size() &&
               each.owner == body.owner;
    };
    const auto known = std::ranges::find_if(entries_, is_it);
    if (known != entries_.end()) return known->text;
    entry made{body.owner, body.bytes.data(), body.bytes.size(), {}};
    if (is_valid_utf8(body.bytes)) {
        made.text.reserve(body.bytes.size() + body.bytes.size() / 4);
        util::append_json_string(made.text, body.bytes);
    }
    bytes_ += made.text.size();
    entries_.push_back(std::move(made));
    while (bytes_ > bytes_max && entries_.size() > 1) {
        bytes_ -= entries_.front().text.size();
        entries_.pop_front();
    }
    return entries_.back().text;
}

}  // namespace palabre::lambda
