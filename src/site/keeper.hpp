// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/catalogue.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace palabre::site {

// Keeps the catalogue of a folder true: a thread of its own compresses what was read and looks for
// changes on the disk. A change is taken over once the folder has been still for one look, so that
// half a deployment is not shown; one that never stands still, after `looks_max`. Looking costs a
// stat per file, so the larger the folder, the rarer the looks: at most 1/50 of one processor.
class keeper {
public:
    static constexpr int looks_max = 5;

    // Reads the folder. `look_every` zero: only when asked to. Throws
    // std::filesystem::filesystem_error or std::runtime_error when it cannot be read.
    keeper(std::filesystem::path folder, std::chrono::milliseconds look_every);
    ~keeper();
    keeper(const keeper&) = delete;
    keeper& operator=(const keeper&) = delete;

    // What is shown now. Safe from any thread, never blocks for long.
    [[nodiscard]] std::shared_ptr<const catalogue> current() const;

    // Reads the folder now. On a throw (as the constructor), what was shown stays. Thread-safe.
    void read_again();

    // Blocks until everything shown that can be compressed has been.
    void wait_until_compressed();

private:
    // Shared by the requests that read it, and swapped whole.
    using shown = std::shared_ptr<const catalogue>;

    void publish(shown next);
    void keep(const std::stop_token& stop);
    void compress_all(const std::stop_token& stop);
    void replace(const catalogue::by_path<std::shared_ptr<const asset>>& compressed);
    std::chrono::milliseconds look();

    std::filesystem::path folder_;
    std::chrono::milliseconds look_every_;
    std::mutex reading_;        // held while a new catalogue is made from the current one
    mutable std::mutex mutex_;  // guards the members up to the thread
    std::condition_variable_any changed_;
    shown current_;
    bool compressed_ = false;
    std::vector<found_file> last_seen_;  // of the keeper's thread only, as is the next
    int looks_ = 0;
    std::jthread thread_;
};

}  // namespace palabre::site
