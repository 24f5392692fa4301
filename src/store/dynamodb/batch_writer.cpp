// SPDX-License-Identifier: Apache-2.0
#include "store/dynamodb/batch_writer.hpp"

#include "ports/comment_store.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace palabre::store::dynamodb {
namespace {

// Ready to be sent when a thread is free, and no more: they take memory.
constexpr std::size_t waiting_max = batch_writer::threads;

void append_request(
    std::string& to, const std::string& table, const std::vector<std::string>& items
) {
    util::json_object root(to);
    util::json_object tables(root.add_raw("RequestItems"));
    util::json_array requests(tables.add_raw(table));
    for (const auto& each : items)
        requests.next().append("{\"PutRequest\":{\"Item\":").append(each).append("}}");
}

}  // namespace

batch_writer::batch_writer(std::function<table_access()> fresh) : fresh_(std::move(fresh)) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

batch_writer::~batch_writer() {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
}

void batch_writer::put(std::string whole_item) {
    filling_.items.push_back(std::move(whole_item));
    if (filling_.items.size() == items_max) hand_over();
}

void batch_writer::hand_over() {
    batch next{filling_.first + filling_.items.size(), {}};
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failed_ || waiting_.size() < waiting_max; });
    throw_if_failed();
    waiting_.push_back(std::exchange(filling_, std::move(next)));
    changed_.notify_all();
}

void batch_writer::flush() {
    if (!filling_.items.empty()) hand_over();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return failed_ || (waiting_.empty() && under_way_ == 0); });
    throw_if_failed();
}

std::uint64_t batch_writer::written() const {
    const std::scoped_lock lock(mutex_);
    return written_;
}

void batch_writer::throw_if_failed() const {
    if (failed_) std::rethrow_exception(failed_);
}

void batch_writer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || failed_ || !waiting_.empty(); });
        if (stopping_ || failed_) return;
        const batch some = std::move(waiting_.front());
        waiting_.pop_front();
        ++under_way_;
        lock.unlock();
        std::exception_ptr failed;
        try {
            write(some);
        } catch (const std::exception&) {
            failed = std::current_exception();
        }
        lock.lock();
        --under_way_;
        if (failed) {
            if (!failed_) failed_ = failed;
        } else {
            note_written(some);
        }
        changed_.notify_all();
    }
}

void batch_writer::note_written(const batch& some) {
    written_ahead_.emplace(some.first, some.items.size());
    while (!written_ahead_.empty() && written_ahead_.begin()->first == written_) {
        written_ += written_ahead_.begin()->second;
        written_ahead_.erase(written_ahead_.begin());
    }
}

void batch_writer::write(const batch& some) const {
    const table_access access = fresh_();
    std::string body;
    append_request(body, access.table(), some.items);
    for (unsigned tries = 1;; ++tries) {
        const answer got = access.ask("BatchWriteItem", body);
        const auto* const left = got.object("UnprocessedItems");
        if (left == nullptr || left->empty()) return;
        body = "{\"RequestItems\":" + boost::json::serialize(*left) + "}";
        if (!access.pause(tries)) {
            throw store_error(
                "DynamoDB did not take what it was given in time: raise the throughput of the "
                "table, and take the run up again"
            );
        }
    }
}

}  // namespace palabre::store::dynamodb
