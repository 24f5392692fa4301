// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/archive_error.hpp"
#include "ports/blob_store.hpp"
#include "util/sha256.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace palabre::archive {

// What a manifest says of one file of a backup.
struct part {
    std::string file;
    std::uint64_t bytes = 0;  // as stored
    util::sha256_digest hash{};
    std::uint64_t content_bytes = 0;  // before compression
    util::sha256_digest content_hash{};
    std::uint64_t count = 0;  // records, or files

    bool operator==(const part&) const = default;
};

// Writes a part: compressed with zstd if the file's name ends in ".zst".
class part_writer {
public:
    // Throws blob_error, as every member does.
    part_writer(std::string file, std::unique_ptr<blob_writer> to);
    part_writer(const part_writer&) = delete;
    part_writer& operator=(const part_writer&) = delete;
    ~part_writer();

    void write(std::string_view content);

    // Durable on return.
    [[nodiscard]] part finish(std::uint64_t count);

private:
    struct compressor;
    enum class more { yes, no };
    void compress(std::string_view content, more follows);
    void store(std::string_view bytes);

    part sums_;
    std::unique_ptr<blob_writer> to_;
    std::unique_ptr<compressor> zstd_;  // null when the part is stored as it is
    util::sha256_stream hash_;
    util::sha256_stream content_hash_;
};

// Reads a part, and holds it to what the manifest says of it.
class part_reader {
public:
    // `from` may be null: the part is missing. Throws archive_error.
    part_reader(part expected, std::unique_ptr<blob_reader> from);
    part_reader(const part_reader&) = delete;
    part_reader& operator=(const part_reader&) = delete;
    ~part_reader();

    // How much content was read; 0 at the end and only there, and then all of it was right. Throws
    // archive_error when it is not, and blob_error. Never gives more than the manifest promised.
    [[nodiscard]] std::size_t read(std::span<char> into);

    [[nodiscard]] const part& expected() const noexcept { return expected_; }

    // Throws archive_error: "comments.jsonl.zst …".
    [[noreturn]] void fail(const std::string& what) const;

private:
    struct decompressor;
    [[nodiscard]] std::size_t decompress(std::span<char> into);
    [[nodiscard]] std::size_t load(std::span<char> into);
    void check_sums();

    const part expected_;
    std::unique_ptr<blob_reader> from_;
    std::unique_ptr<decompressor> zstd_;
    std::uint64_t bytes_ = 0;
    std::uint64_t content_bytes_ = 0;
    bool ended_ = false;
    util::sha256_stream hash_;
    util::sha256_stream content_hash_;
};

}  // namespace palabre::archive
