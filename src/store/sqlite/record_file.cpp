// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/record_file.hpp"

#include "store/sqlite/open_file.hpp"
#include "store/sqlite/record_reader.hpp"

#include <chrono>

namespace palabre::store {
namespace {

constexpr std::chrono::milliseconds nobody_else{0};

}  // namespace

record_file::record_file(std::filesystem::path file) : file_(std::move(file)) {
    if (!std::filesystem::exists(file_)) {
        throw store_error(file_.string() + ": there is no such database");
    }
    static_cast<void>(open_for_writing(file_, nobody_else));
}

void record_file::read_all(record_sink& to) {
    read_all_records(*open_for_reading(file_, nobody_else), to);
}

}  // namespace palabre::store
