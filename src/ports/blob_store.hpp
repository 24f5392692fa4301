// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace palabre {

// The place of blobs is broken: disk full, folder gone, network down.
class blob_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// A blob that is being written. Dropped before commit(), nothing of it is left.
class blob_writer {
public:
    virtual ~blob_writer() = default;
    virtual void write(std::string_view bytes) = 0;  // throws blob_error
    // Durable, and seen by others, on return. Nothing may be written afterwards.
    virtual void commit() = 0;  // throws blob_error
};

class blob_reader {
public:
    virtual ~blob_reader() = default;
    // How many bytes were read; 0 at the end and only there. Throws blob_error.
    [[nodiscard]] virtual std::size_t read(std::span<char> into) = 0;
};

struct blob_entry {
    std::string name;
    std::uint64_t bytes = 0;
    bool operator==(const blob_entry&) const = default;
};

// Named bytes. Names are parts of letters, digits, '-', '_' and '.', separated by '/'; no part
// begins with a dot. Implemented by blob/folder and blob/s3, held to
// tests/contract/blob_store_suite.hpp. Safe from any thread; every verb may throw blob_error.
class blob_store {
public:
    virtual ~blob_store() = default;

    // Writes a new blob, or another in the place of an older one of that name. It is seen whole or
    // not at all.
    [[nodiscard]] virtual std::unique_ptr<blob_writer> put(std::string_view name) = 0;

    // Null when there is none.
    [[nodiscard]] virtual std::unique_ptr<blob_reader> get(std::string_view name) = 0;

    // Blobs whose names begin with `prefix`, by name.
    [[nodiscard]] virtual std::vector<blob_entry> list(std::string_view prefix) = 0;

    // What stands below from/ stands below to/ instead, where nothing may have been. Whoever sees
    // the blob `last` there sees all of them: where there is no renaming, it is copied last.
    virtual void move(std::string_view from, std::string_view to, std::string_view last) = 0;

    // Removes all below name/, `first` before the others; nothing when there is none.
    virtual void remove(std::string_view name, std::string_view first) = 0;
};

}  // namespace palabre
