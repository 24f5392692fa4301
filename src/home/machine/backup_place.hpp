// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/variables.hpp"
#include "config/settings.hpp"
#include "ports/blob_store.hpp"
#include "service/prune_backups.hpp"
#include "util/file_lock.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace palabre::machine {

class s3_home;

// Where backups stand: a folder, or "s3://bucket/prefix".
class backup_place {
public:
    // Looks at neither yet. Throws std::runtime_error with a sentence when the text, or an AWS
    // variable, cannot be read.
    backup_place(std::string_view where, const aws::variables& environment);
    ~backup_place();
    backup_place(const backup_place&) = delete;
    backup_place& operator=(const backup_place&) = delete;

    [[nodiscard]] blob_store& store() noexcept { return *store_; }

    // As a person names it: an absolute path, or the URL.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    // None in S3.
    [[nodiscard]] const std::optional<std::filesystem::path>& folder() const noexcept {
        return folder_;
    }

    // Whoever makes or removes backups holds this. In S3 there is nothing to hold.
    struct lock {
        std::optional<util::file_lock> of_folder;
    };
    // Empty when another process has it. Makes the folder. Throws std::system_error.
    [[nodiscard]] std::optional<lock> try_lock() const;

private:
    std::string name_;
    std::optional<std::filesystem::path> folder_;
    std::unique_ptr<s3_home> s3_;      // null for a folder
    std::unique_ptr<blob_store> own_;  // null in S3
    blob_store* store_ = nullptr;      // of one of the two
};

// The place asked for on the command line, or that of the settings; none when there is neither.
[[nodiscard]] std::optional<std::string> backup_place_of(
    const std::string& asked_for, const config::settings& chosen
);

[[nodiscard]] retention retention_of(const config::settings& chosen);

// "1.5 MB".
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace palabre::machine
