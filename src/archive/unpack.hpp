// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/site.hpp"
#include "util/durable.hpp"

#include <memory>

namespace palabre::archive {

// Writes the files of a site below a folder, which must exist and be empty: readable by all, as a
// site is. Throws std::system_error.
class folder_site_sink final : public site_sink {
public:
    explicit folder_site_sink(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void begin_file(const std::string& path, std::int64_t modified_s) override;
    void write(std::string_view bytes) override;
    void end_file() override;

private:
    const std::filesystem::path folder_;
    std::filesystem::path file_;
    std::int64_t modified_s_ = 0;
    std::unique_ptr<util::durable_file> out_;
};

}  // namespace palabre::archive
