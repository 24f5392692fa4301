// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string_view>

namespace palabre::aws {

// When a call is made again: the "standard" mode of the AWS SDKs with its numbers of 2026
// (botocore/retries/standard.py, quota.py), inside the time that the caller has left. Pure
// decisions: nobody sleeps here, and no clock is read.

// What an answer, or the lack of one, means to whoever might ask again.
enum class outcome {
    fine,
    passing,    // lost, or the service stumbled: the same may succeed at once
    throttled,  // too much was asked of it: later
    lasting,    // the same again would end the same
};

// `code` is the error's short name, as error_code_of() finds it. For an answer that never came, or
// whose CRC does not fit: status 0.
[[nodiscard]] outcome judge(unsigned status, std::string_view code) noexcept;

// "com.amazonaws.dynamodb.v20120810#ThrottlingException:http://…" → "ThrottlingException".
[[nodiscard]] std::string_view error_code_of(std::string_view type) noexcept;

struct retry_rules {
    unsigned attempts_max = 3;                 // the first included
    std::chrono::milliseconds pause_base{50};  // doubled each time, times a number below 1
};
inline constexpr retry_rules usual_rules{};
inline constexpr retry_rules dynamodb_rules{4, std::chrono::milliseconds{25}};

// What retries cost, over all calls of a process to one service: while it is down for everybody,
// they end, so that it can get up again. Safe from any thread.
class retry_budget {
public:
    // Takes what one more try costs; nothing, and none, when there is not enough left.
    [[nodiscard]] std::optional<int> take(outcome why);

    // After a success: what the last try cost; for one at the first try a little.
    void refund(int paid);

private:
    static constexpr int full = 500;
    static constexpr int passing_cost = 14;
    static constexpr int throttled_cost = 5;
    static constexpr int untroubled_refund = 1;

    std::mutex mutex_;
    int left_ = full;  // under mutex_
};

// The tries of one call. Used by one thread.
class retry_plan {
public:
    using clock = std::chrono::steady_clock;

    // Both live as long as the plan.
    retry_plan(const retry_rules& rules, retry_budget& budget, clock::time_point deadline);

    // How long to wait before another try, after one that ended so; none: give up. `hint` is what
    // the service wished for (x-amz-retry-after); `chance` is drawn from [0, 1).
    [[nodiscard]] std::optional<std::chrono::milliseconds> pause_after(
        outcome how,
        std::optional<std::chrono::milliseconds> hint,
        double chance,
        clock::time_point now
    );

    void succeeded();

private:
    [[nodiscard]] std::chrono::milliseconds pause(
        outcome how, std::optional<std::chrono::milliseconds> hint, double chance
    ) const;

    const retry_rules& rules_;
    retry_budget& budget_;
    const clock::time_point deadline_;
    unsigned attempts_ = 1;
    int paid_ = 0;
};

}  // namespace palabre::aws
