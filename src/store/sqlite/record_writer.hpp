// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_sink.hpp"
#include "store/sqlite/statement.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palabre::store {

// What a database is that was left half-way.
enum class half_made {
    worthless,  // written without a log, without waiting for the disk, and indices at the end
    taken_up,   // by the next one who opens it so: comments are committed some thousand at a time
};

// Makes a new database of records. Nobody else may look at the file before finish(); until then
// no program takes it for a database of ours. It can be moved as one file afterwards.
class record_writer final : public resumable_sink {
public:
    // The folder of `file` must be there; `file` itself only if it was left half-way and is to be
    // taken up. Throws store_error.
    explicit record_writer(
        const std::filesystem::path& file, half_made left = half_made::worthless
    );
    ~record_writer() override;

    [[nodiscard]] std::optional<comment_id> has_up_to() const override { return has_up_to_; }

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

    void take_up();
    section& section_named(std::string_view name);
    void write_section(std::string_view name, const section& of);
    void commit_now_and_then();

    const std::filesystem::path file_;
    const half_made left_;
    std::unique_ptr<database> db_;
    std::optional<comment_id> has_up_to_;
    std::uint64_t put_ = 0;             // since the last commit
    std::vector<std::string> indices_;  // statements that make them
    std::unique_ptr<statements> prepared_;
    std::map<std::string, section, std::less<>> sections_;
};

}  // namespace palabre::store
