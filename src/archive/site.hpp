// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/part.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace palabre::archive {

// More than a site may have that is served; a tar of more is not one of ours.
inline constexpr std::uint64_t site_files_max = 100'000;

// What Linux takes for a path.
inline constexpr std::size_t site_path_bytes_max = 4096;

// Why a path has no place in the tar of a site; empty when it has. Paths are relative, without
// empty parts, "." and "..": what is unpacked stays below the folder it is unpacked to.
[[nodiscard]] std::string_view find_path_problem(std::string_view path) noexcept;

// Writes files into a tar. Every member throws archive_error, blob_error or std::system_error.
class site_writer {
public:
    // `to` outlives the writer.
    explicit site_writer(part_writer& to);
    site_writer(const site_writer&) = delete;
    site_writer& operator=(const site_writer&) = delete;
    ~site_writer();

    // In the order of paths. A file that is gone by now is left out; one that shrinks while it is
    // read cannot be written any more.
    void add(const std::string& path, const std::filesystem::path& file);

    // How many files there are.
    [[nodiscard]] std::uint64_t finish();

private:
    struct tar;
    std::unique_ptr<tar> tar_;
    std::string last_path_;
    std::uint64_t files_ = 0;
};

// Takes the files of a site, one after the other.
class site_sink {
public:
    virtual ~site_sink() = default;
    virtual void begin_file(const std::string& path, std::int64_t modified_s) = 0;
    virtual void write(std::string_view bytes) = 0;
    virtual void end_file() = 0;
};

// Gives all files of the part to `to`, and checks everything on the way. Refuses links, devices and
// paths that lead elsewhere. What was given may be used when this returns. Throws archive_error,
// blob_error, and whatever `to` throws.
void read_site(part_reader& from, site_sink& to);

}  // namespace palabre::archive
