// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/record_source.hpp"

#include <filesystem>

namespace palabre::store {

// The records of a database that nobody serves from: the caller has its folder to itself
// (folder_use.hpp), or alone knows of the file. Used by one thread.
class record_file final : public record_source {
public:
    // Brings the file up to date. Throws store_error when there is none, or no database of ours.
    explicit record_file(std::filesystem::path file);

    void read_all(record_sink& to) override;

private:
    const std::filesystem::path file_;
};

}  // namespace palabre::store
