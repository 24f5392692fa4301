// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "store/sqlite/statement.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace palabre::store {

// Makes a new database of records. Nobody else may look at the file before finish(): it is written
// without a log and without waiting for the disk, and worthless when it is left half-way. It can be
// moved as one file afterwards.
class record_writer final : public record_sink {
public:
    // `file` must not be there yet; its folder must. Throws store_error.
    explicit record_writer(const std::filesystem::path& file);
    ~record_writer() override;

    void put_closed_section(std::string_view section) override;
    void put_comment(const comment& each) override;
    void put_audit_entry(const audit_entry& each) override;
    void put_key(const api_key& each) override;
    void finish() override;

private:
    // What a section comes to is known at the end.
    struct section {
        std::int64_t number = 0;
        std::int64_t published = 0;
        std::int64_t comments = 0;  // put so far
        bool closed = false;
    };
    struct statements;

    section& section_named(std::string_view name);
    void write_sections();

    const std::filesystem::path file_;
    std::unique_ptr<database> db_;
    std::vector<std::string> indices_;  // statements that make them
    std::unique_ptr<statements> prepared_;
    std::map<std::string, section, std::less<>> sections_;
};

}  // namespace palabre::store
