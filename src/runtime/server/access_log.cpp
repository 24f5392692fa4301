// SPDX-License-Identifier: Apache-2.0
#include "runtime/server/access_log.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <iterator>
#include <string_view>

namespace palabre::server {
namespace {

// All that is logged is ASCII of our own making, save for what a careless caller hands in.
void append_json(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

void append_time(std::string& out) {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    // gmtime_r and a format cost more than the rest of the line; the second seldom changes.
    thread_local std::time_t second = -1;
    thread_local std::string text;
    if (now.tv_sec != second) {
        std::tm parts{};
        gmtime_r(&now.tv_sec, &parts);
        second = now.tv_sec;
        text = fmt::format(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            parts.tm_year + 1900,
            parts.tm_mon + 1,
            parts.tm_mday,
            parts.tm_hour,
            parts.tm_min,
            parts.tm_sec
        );
    }
    fmt::format_to(
        std::back_inserter(out), R"({{"time":"{}.{:03}Z")", text, now.tv_nsec / 1'000'000
    );
}

void append_line(std::string& out, const request_record& record) {
    append_time(out);
    out.append(R"(,"request_id":)");
    append_json(out, record.request_id);
    out.append(R"(,"method":)");
    append_json(out, record.method);
    out.append(R"(,"route":)");
    append_json(out, record.route);
    fmt::format_to(
        std::back_inserter(out),
        R"(,"status":{},"bytes":{},"duration_us":{})",
        record.status,
        record.bytes_sent,
        record.microseconds
    );
    if (!record.address.empty()) {
        out.append(R"(,"address":)");
        append_json(out, record.address);
    }
    out.append("}\n");
}

}  // namespace

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
    append_line(line, record);
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
