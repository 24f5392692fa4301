// SPDX-License-Identifier: Apache-2.0
#include "archive/unpack.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>

namespace palabre::archive {

namespace fs = std::filesystem;

void folder_site_sink::begin_file(const std::string& path, std::int64_t modified_s) {
    file_ = folder_ / path;
    modified_s_ = modified_s;
    fs::create_directories(file_.parent_path());
    out_ = std::make_unique<util::durable_file>(file_);
}

void folder_site_sink::write(std::string_view bytes) {
    out_->write(bytes);
}

void folder_site_sink::end_file() {
    out_->finish();
    out_.reset();
    using enum fs::perms;
    fs::permissions(file_, owner_read | owner_write | group_read | others_read);
    // Caches ask by it. A time that cannot be set is no reason to have no site.
    const std::array<timespec, 2> times{{{modified_s_, 0}, {modified_s_, 0}}};
    static_cast<void>(::utimensat(AT_FDCWD, file_.c_str(), times.data(), 0));
}

}  // namespace palabre::archive
