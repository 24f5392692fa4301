// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/dynamodb/attribute_value.hpp"
#include "store/dynamodb/expression.hpp"
#include "store/dynamodb/table_access.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::store::dynamodb {

// DynamoDB's own limits.
inline constexpr std::size_t transaction_actions_max = 100;
// 4 MB, less what names and expressions take beside the items.
inline constexpr std::size_t transaction_bytes_max = std::size_t{3} * 1024 * 1024;

// One part of a transaction, or a write that stands alone.
struct write_action {
    enum class kind : std::uint8_t { put, update, remove, check };
    kind what = kind::put;
    std::string id;         // of the item; not for put
    std::string item;       // whole, for put
    std::string condition;  // may be empty, but for check
    std::string update;     // for update
    values with = {};
};

[[nodiscard]] write_action put_new(std::string whole);
[[nodiscard]] write_action check_that(std::string id, std::string condition, values with = {});
[[nodiscard]] write_action update_item(
    std::string id, std::string update, std::string condition, values with
);
[[nodiscard]] write_action delete_item(std::string id, std::string condition, values with = {});

// Writes that are all done or none of them.
class transaction {
public:
    // Its place in the transaction, by which outcome speaks of it.
    std::size_t add(write_action what);

    [[nodiscard]] const std::vector<write_action>& actions() const noexcept { return actions_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    std::vector<write_action> actions_;
    std::size_t bytes_ = 0;
};

// Names for transactions, none of which comes twice: by such a name DynamoDB knows a request that
// is made again after its answer was lost, for ten minutes. Safe from any thread.
class token_source {
public:
    token_source();
    [[nodiscard]] std::string next();

private:
    std::string ours_;
    std::atomic<std::uint64_t> count_{0};
};

// What came of a transaction.
class outcome {
public:
    explicit outcome(std::unique_ptr<answer> refused) : refused_(std::move(refused)) {}

    // All of it was done. Otherwise nothing was, since conditions did not hold.
    [[nodiscard]] bool is_done() const noexcept { return refused_ == nullptr; }
    [[nodiscard]] bool has_failed(std::size_t place) const;
    // The item that its condition spoke of; null when there is none. Lives as long as the outcome.
    [[nodiscard]] const item* found(std::size_t place) const;

private:
    std::unique_ptr<answer> refused_;
};

// Does a transaction, again as long as others are in its way. Throws store_error when they do not
// leave in time.
[[nodiscard]] outcome transact(
    const table_access& access, token_source& tokens, const transaction& what
);

// Does one update that may be done twice. False when its condition did not hold. `old_section` is
// set to what the item's sectionId was, if given.
bool update_alone(const table_access& access, const write_action& what, std::string* old_section);

}  // namespace palabre::store::dynamodb
