// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/site.hpp"
#include "ports/record_sink.hpp"

// Sinks that keep nothing: for reading a backup only to see that all of it is right.
namespace palabre::archive {

class discarding_records final : public record_sink {
public:
    void put_closed_section(std::string_view) override {}
    void put_comment(const comment&) override {}
    void put_audit_entry(const audit_entry&) override {}
    void put_key(const api_key&) override {}
    void finish() override {}
};

class discarding_site final : public site_sink {
public:
    void begin_file(const std::string&, std::int64_t) override {}
    void write(std::string_view) override {}
    void end_file() override {}
};

}  // namespace palabre::archive
