// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/clock.hpp"
#include "ports/comment_store.hpp"
#include "store/sqlite/statement.hpp"
#include "store/sqlite/write_session.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace palabre::store {

struct group_writer_options {
    // Writes that share a commit, at most: what one waits for stays short when very many come.
    std::size_t batch_writes_max;
    // How often to look whether another process wrote.
    std::chrono::milliseconds foreign_check_every;
    store_observer* observer;  // may be null; outlives the writer
};

// Owns the writing connection and the one thread that uses it. A commit waits for the disk, and
// the disk takes as long for one comment as for a hundred; so writers queue, and the thread takes
// all that wait, runs them in one transaction and commits once. While that commit waits for the
// disk the next group gathers: a lone writer never waits for others, and many share the cost.
// docs/decisions/0003-sqlite-group-commit.md has the numbers.
class group_writer {
public:
    // A write: runs within a transaction, on the writer's thread. It may run and yet not last, if
    // the commit fails.
    using work = std::function<void(write_session&, std::vector<std::string>& changed)>;

    group_writer(std::unique_ptr<database> db, const group_writer_options& options);
    // Finishes what waits. Nobody may call write() any more.
    ~group_writer();

    // Returns when the write is durable and the observer knows. Throws store_error when the write
    // failed, alone or with all that shared its commit; then no reader will see any of it.
    void write(const work& job);

    // Why the disk took nothing when it was last asked; none when it did. Once a write failed, an
    // empty one is tried whenever it is time to look for foreign writes, so this goes away by
    // itself. Cheap.
    [[nodiscard]] std::optional<std::string> trouble();

private:
    // Why a write failed; none when it is durable. A text and not an exception, because one
    // exception object would be thrown by many threads at a time.
    using outcome = std::optional<std::string>;

    struct waiting_write {
        const work* job;  // the caller keeps it until it has the outcome
        std::promise<outcome> done;
        outcome failed;
    };

    void run();
    [[nodiscard]] std::vector<waiting_write> next_batch();
    void commit_together(std::vector<waiting_write>& batch);
    void write_all(std::vector<waiting_write>& batch, std::vector<std::string>& changed);
    void attempt(waiting_write& write, std::vector<std::string>& changed);
    void tell(std::vector<std::string>& changed) noexcept;
    void look_around() noexcept;
    void look_for_foreign_writes();
    void try_to_write() noexcept;
    void note_trouble(std::optional<std::string> reason);

    const group_writer_options options_;
    const std::unique_ptr<database> db_;
    write_session session_;
    statement data_version_;
    std::int64_t seen_version_;
    std::chrono::steady_clock::time_point looked_at_;

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<waiting_write> queue_;  // under mutex_
    bool stopping_ = false;            // under mutex_
    outcome trouble_;                  // under mutex_

    std::thread thread_;  // last: it uses all of the above
};

}  // namespace palabre::store
