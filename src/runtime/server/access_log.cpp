// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/access_log.hpp"

#include "log/request_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace palabre::server {
access_log::access_log(int descriptor) : access_log(descriptor, sizes{}) {}

access_log::access_log(int descriptor, sizes chosen)
    : descriptor_(descriptor), sizes_(chosen), writer_([this] { write_all(); }) {}

access_log::~access_log() {
    {
        const std::scoped_lock lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    writer_.join();
}

void access_log::answered(const request_record& record) noexcept try {
    thread_local std::string line;
    line.clear();
    log::append_request_line(line, record);
    bool crossed = false;
    {
        const std::scoped_lock lock(mutex_);
        if (waiting_.size() + line.size() > sizes_.buffer_bytes_max) {
            ++dropped_;
            return;
        }
        const std::size_t before = waiting_.size();
        waiting_.append(line);
        crossed = before < sizes_.wake_bytes && waiting_.size() >= sizes_.wake_bytes;
    }
    if (crossed) wake_.notify_one();
} catch (const std::exception&) {
    ++dropped_;  // out of memory
}

void access_log::write_all() {
    std::string taken;
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait_for(lock, sizes_.flush_every, [this] {
            return closing_ || waiting_.size() >= sizes_.wake_bytes;
        });
        taken.clear();
        taken.swap(waiting_);
        const bool last = closing_;
        lock.unlock();
        write_out(taken);
        lock.lock();
        if (last && waiting_.empty()) return;
    }
}

void access_log::write_out(const std::string& lines) {
    std::string_view rest = lines;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written > 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            dropped_ += static_cast<std::uint64_t>(std::ranges::count(rest, '\n'));
            return;
        }
    }
}

}  // namespace palabre::server
