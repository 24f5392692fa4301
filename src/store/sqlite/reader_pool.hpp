// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sqlite/reader.hpp"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

namespace palabre::store {

// Connections for reading, made as they are needed. Every member may be called from any thread.
class reader_pool {
public:
    // A reader for one caller, given back when this goes.
    class lease {
    public:
        lease(reader_pool& pool, std::unique_ptr<reader> lent)
            : pool_(pool), lent_(std::move(lent)) {}
        lease(const lease&) = delete;
        lease& operator=(const lease&) = delete;
        ~lease() { pool_.give_back(std::move(lent_)); }

        reader* operator->() const noexcept { return lent_.get(); }

    private:
        reader_pool& pool_;
        std::unique_ptr<reader> lent_;
    };

    // `file` is a database that is ready for use; at most `size` (at least 1) connections to it.
    reader_pool(
        const std::filesystem::path& file, std::size_t size, std::chrono::milliseconds busy_wait
    );

    // Waits while all readers are lent. Throws store_error when one cannot be made.
    [[nodiscard]] lease take();

private:
    [[nodiscard]] std::unique_ptr<reader> idle_or_none();
    void give_back(std::unique_ptr<reader> lent) noexcept;
    void forget_one() noexcept;

    const std::filesystem::path file_;
    const std::size_t size_;
    const std::chrono::milliseconds busy_wait_;

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<reader>> idle_;  // under mutex_
    std::size_t made_ = 0;                       // under mutex_; those lent count too
};

}  // namespace palabre::store
