// SPDX-License-Identifier: Apache-2.0
#include "log/request_line.hpp"

#include <fmt/format.h>

#include <ctime>
#include <iterator>
#include <string>

namespace palabre::log {
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

}  // namespace

void append_request_line(
    std::string& out, const request_record& record, std::span<const extra_member> more
) {
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
    for (const auto& [name, text] : more) {
        out.push_back(',');
        append_json(out, name);
        out.push_back(':');
        append_json(out, text);
    }
    out.append("}\n");
}

}  // namespace palabre::log
