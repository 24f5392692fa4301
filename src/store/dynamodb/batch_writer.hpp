// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/dynamodb/table_access.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace palabre::store::dynamodb {

// Puts whole items into the table, many in a request and several requests at once, in no order and
// whatever stood there before. Its verbs are called by one thread.
class batch_writer {
public:
    // DynamoDB takes no more in one request: 25 items, 16 MB. An item has at most 400 kB.
    static constexpr std::size_t items_max = 25;

    // Requests under way at once. To AWS each takes some milliseconds of waiting, and its
    // partitions take a thousand small items a second each.
    static constexpr std::size_t threads = 8;

    // `fresh` gives access for one request, from any thread.
    explicit batch_writer(std::function<table_access()> fresh);
    // What is under way is done to its end; what waits is not.
    ~batch_writer();
    batch_writer(const batch_writer&) = delete;
    batch_writer& operator=(const batch_writer&) = delete;

    // Takes an item, and waits while too many are under way. Throws what a request threw, this one
    // or an earlier one, and then takes no more.
    void put(std::string whole_item);

    // All that was taken is in the table on return. Throws as put() does.
    void flush();

    // How many of the items, from the first one on without a gap, are in the table. From any
    // thread.
    [[nodiscard]] std::uint64_t written() const;

private:
    struct batch {
        std::uint64_t first = 0;  // the number of its first item
        std::vector<std::string> items;
    };

    void run();
    void write(const batch& some) const;
    void note_written(const batch& some);
    void hand_over();
    void throw_if_failed() const;

    const std::function<table_access()> fresh_;
    batch filling_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<batch> waiting_;  // all under mutex_ from here on
    std::size_t under_way_ = 0;
    std::uint64_t written_ = 0;
    std::map<std::uint64_t, std::uint64_t> written_ahead_;  // behind a gap: first item and count
    std::exception_ptr failed_;
    bool stopping_ = false;

    std::vector<std::jthread> threads_;
};

}  // namespace palabre::store::dynamodb
