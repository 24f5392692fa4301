// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/blob_store.hpp"

#include <filesystem>

namespace palabre::blob {

// Blobs as files below a folder, for their owner's eyes only. A blob is written beside its place,
// made durable, and renamed. Files and folders of other names than blobs have are neither listed
// nor touched.
class folder_store final : public blob_store {
public:
    // The folder is made with the first blob.
    explicit folder_store(const std::filesystem::path& folder);

    [[nodiscard]] std::unique_ptr<blob_writer> put(std::string_view name) override;
    [[nodiscard]] std::unique_ptr<blob_reader> get(std::string_view name) override;
    [[nodiscard]] std::vector<blob_entry> list(std::string_view prefix) override;
    void move(std::string_view from, std::string_view to, std::string_view last) override;
    void remove(std::string_view name, std::string_view first) override;

private:
    [[nodiscard]] std::filesystem::path path_of(std::string_view name) const;

    const std::filesystem::path folder_;
};

}  // namespace palabre::blob
