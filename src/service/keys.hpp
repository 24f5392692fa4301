// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/api_key.hpp"
#include "core/result.hpp"
#include "ports/key_store.hpp"
#include "service/caller.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace palabre {

// A key in full: "plb_", ten characters that name it, '_', and forty that are secret.
inline constexpr std::size_t key_entropy_bytes = 32;
inline constexpr std::size_t key_length = 55;

struct issued_key {
    api_key stored;    // to be added to a key_store
    std::string text;  // to be shown once and then forgotten
};

// Makes the key that `wanted` describes, with an id and a hash; `entropy` is key_entropy_bytes that
// nobody can guess.
[[nodiscard]] issued_key issue_key(api_key wanted, std::string_view entropy);

// Whether a text may be a key of ours at all; a gateway in front of us has keys of another form.
[[nodiscard]] bool is_of_our_form(std::string_view key) noexcept;

// Who sends a key. Without a key that is nobody in particular; refuses with invalid_key what is no
// key of ours, or was revoked. Thread-safe when the store is; throws store_error.
[[nodiscard]] result<caller> authenticate(
    key_store& keys, const std::optional<std::string_view>& sent
);

// Takes one post from the key's quota of the day in UTC. Refuses with quota_exceeded.
[[nodiscard]] result<void> take_quota(key_store& keys, const caller& from, timestamp now);

}  // namespace palabre
