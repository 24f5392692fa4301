// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/manifest.hpp"
#include "ports/blob_store.hpp"
#include "ports/record_sink.hpp"

#include <memory>
#include <string>

namespace palabre::archive {

// Writes records into four parts of a backup, as they come. Throws archive_error for a record that
// could not be read back, and blob_error.
class records_writer final : public record_sink {
public:
    // Parts are put below backup/. `to` outlives the writer.
    records_writer(blob_store& to, const std::string& backup);
    ~records_writer() override;

    void put_closed_section(std::string_view section) override;
    void put_comment(const comment& each) override;
    void put_audit_entry(const audit_entry& each) override;
    void put_key(const api_key& each) override;
    void finish() override;

    // After finish(): sets what it has to say of its four parts.
    void describe(manifest& in) const;

private:
    class lines;

    std::unique_ptr<lines> sections_;
    std::unique_ptr<lines> comments_;
    std::unique_ptr<lines> audit_;
    std::unique_ptr<lines> keys_;
};

// Gives all records of a backup to `to`, and checks everything on the way: sums, counts, each line,
// the order. `to` has seen a whole backup when this returns; it is for the caller to finish() it.
// Throws archive_error naming part and line, blob_error, and whatever `to` throws.
void read_records(blob_store& from, const std::string& backup, const manifest& of, record_sink& to);

}  // namespace palabre::archive
