// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"

namespace palabre::http {

// A part of an application that answers for some paths.
class section_handler : public handler {
public:
    // Whether this part answers for the path, with whatever status.
    [[nodiscard]] virtual bool owns(std::string_view path) const noexcept = 0;
};

// The API in front, everything else behind it. Both must outlive the chain.
class chain final : public handler {
public:
    chain(section_handler& front, handler& rest) : front_(front), rest_(rest) {}

    [[nodiscard]] std::optional<response> answer_at_once(const request& asked) override {
        return choose(asked).answer_at_once(asked);
    }
    [[nodiscard]] response handle(const request& asked) override {
        return choose(asked).handle(asked);
    }

private:
    [[nodiscard]] handler& choose(const request& asked) const {
        return front_.owns(asked.path) ? static_cast<handler&>(front_) : rest_;
    }

    section_handler& front_;
    handler& rest_;
};

}  // namespace palabre::http
