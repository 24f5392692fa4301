// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace bench {

// Counts durations in nanoseconds, each to within 1/64 of itself, in a fixed amount of memory.
class histogram {
public:
    void add(std::uint64_t ns) noexcept {
        ++counts_[slot_of(ns)];
        ++total_;
        largest_ = std::max(largest_, ns);
    }

    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
    [[nodiscard]] std::uint64_t largest() const noexcept { return largest_; }

    // The duration that `share` of all (0 to 1) do not exceed; 0 when there is none.
    [[nodiscard]] std::uint64_t at(double share) const noexcept {
        const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(total_));
        std::uint64_t seen = 0;
        for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
            seen += counts_[slot];
            if (seen > wanted) return std::min(upper_end_of(slot), largest_);
        }
        return largest_;
    }

private:
    static constexpr unsigned fine_bits = 6;
    static constexpr std::uint64_t fine = 1U << fine_bits;

    // Below 64 each number has a slot; above, each power of two has 64.
    static std::size_t slot_of(std::uint64_t ns) noexcept {
        if (ns < fine) return ns;
        const auto shift = static_cast<unsigned>(std::bit_width(ns)) - fine_bits - 1;
        return (shift + 1) * fine + ((ns >> shift) - fine);
    }

    static std::uint64_t upper_end_of(std::size_t slot) noexcept {
        if (slot < fine) return slot;
        const std::uint64_t shift = slot / fine - 1;
        return ((slot % fine + fine + 1) << shift) - 1;
    }

    std::array<std::uint64_t, fine * (64 - fine_bits + 1)> counts_{};
    std::uint64_t total_ = 0;
    std::uint64_t largest_ = 0;
};

}  // namespace bench
