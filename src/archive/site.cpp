// SPDX-License-Identifier: Apache-2.0
#include "archive/site.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <new>
#include <system_error>
#include <utility>
#include <vector>

namespace palabre::archive {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;

struct entry_freer {
    void operator()(::archive_entry* entry) const noexcept { archive_entry_free(entry); }
};
struct write_freer {
    void operator()(::archive* tar) const noexcept { archive_write_free(tar); }
};
struct read_freer {
    void operator()(::archive* tar) const noexcept { archive_read_free(tar); }
};

class open_file {
public:
    explicit open_file(const std::filesystem::path& file)
        : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;
    ~open_file() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

private:
    int descriptor_;
};

}  // namespace

struct site_writer::tar {
    explicit tar(part_writer& part) : to(part), handle(archive_write_new()) {
        if (!handle) throw std::bad_alloc();
        // GNU's tar takes names as they are, of any length; pax would want to know their encoding.
        archive_write_set_format_gnutar(handle.get());
        archive_write_add_filter_none(handle.get());
        require(archive_write_open2(handle.get(), this, nullptr, write, nullptr, nullptr));
    }

    void require(la_ssize_t code) {
        if (thrown) std::rethrow_exception(std::exchange(thrown, nullptr));
        if (code < ARCHIVE_OK) {
            const char* said = archive_error_string(handle.get());
            throw archive_error(fmt::format("the site: {}", said == nullptr ? "no memory" : said));
        }
    }

    static la_ssize_t write(::archive*, void* self, const void* bytes, std::size_t size) {
        auto& mine = *static_cast<tar*>(self);
        // When the tar is let go of half-way, it wants to write its end.
        if (mine.thrown) return -1;
        try {
            mine.to.write({static_cast<const char*>(bytes), size});
            return static_cast<la_ssize_t>(size);
        } catch (...) {
            mine.thrown = std::current_exception();
            return -1;
        }
    }

    part_writer& to;
    std::exception_ptr thrown;
    std::vector<char> buffer = std::vector<char>(buffer_bytes);
    std::unique_ptr<::archive, write_freer> handle;  // last: it may write when it goes
};

site_writer::site_writer(part_writer& to) : tar_(std::make_unique<tar>(to)) {}

site_writer::~site_writer() = default;

void site_writer::add(const std::string& path, const std::filesystem::path& file) {
    if (const auto problem = find_path_problem(path); !problem.empty()) {
        throw archive_error(fmt::format("the path of a file of the site {}", problem));
    }
    if (files_ > 0 && path <= last_path_) throw archive_error("the site: files out of order");
    if (files_ == site_files_max) throw archive_error("the site has too many files");
    const open_file from(file);
    struct stat status{};
    if (from.descriptor() < 0 || ::fstat(from.descriptor(), &status) != 0) {
        if (errno == ENOENT) return;
        throw std::system_error(errno, std::generic_category(), "cannot read " + file.string());
    }
    if (!S_ISREG(status.st_mode)) return;  // it was one when the folder was looked at
    const std::unique_ptr<::archive_entry, entry_freer> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), path.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), status.st_size);
    archive_entry_set_mtime(entry.get(), status.st_mtim.tv_sec, 0);
    tar_->require(archive_write_header(tar_->handle.get(), entry.get()));
    // What was added since belongs to the next backup.
    for (auto left = status.st_size; left > 0;) {
        const auto wanted = std::min<std::int64_t>(left, buffer_bytes);
        const auto got =
            ::read(from.descriptor(), tar_->buffer.data(), static_cast<std::size_t>(wanted));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            throw archive_error(fmt::format(
                "{} changed while it was read: try again when the site stands still", path
            ));
        }
        tar_->require(archive_write_data(
            tar_->handle.get(), tar_->buffer.data(), static_cast<std::size_t>(got)
        ));
        left -= got;
    }
    last_path_ = path;
    ++files_;
}

std::uint64_t site_writer::finish() {
    tar_->require(archive_write_close(tar_->handle.get()));
    return files_;
}

namespace {

class tar_reader {
public:
    explicit tar_reader(part_reader& from) : from_(from), handle_(archive_read_new()) {
        if (!handle_) throw std::bad_alloc();
        archive_read_support_format_tar(handle_.get());
        archive_read_support_filter_none(handle_.get());
        require(archive_read_open(handle_.get(), this, nullptr, read, nullptr));
    }

    // None at the end.
    [[nodiscard]] ::archive_entry* next() {
        ::archive_entry* entry = nullptr;
        const int code = archive_read_next_header(handle_.get(), &entry);
        if (code == ARCHIVE_EOF && !thrown_) return nullptr;
        require(code);
        return entry;
    }

    [[nodiscard]] std::string_view data() {
        const auto got = archive_read_data(handle_.get(), content_.data(), content_.size());
        require(got);
        return {content_.data(), static_cast<std::size_t>(got)};
    }

    // To the end of the part, whose sums are right then.
    void drain() {
        while (from_.read(buffer_) > 0) {
        }
    }

private:
    void require(la_ssize_t code) {
        if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
        // Warnings too: nothing that we write gives cause for one.
        if (code < ARCHIVE_OK) {
            const char* said = archive_error_string(handle_.get());
            from_.fail(fmt::format("is no tar file ({})", said == nullptr ? "" : said));
        }
    }

    static la_ssize_t read(::archive* handle, void* self, const void** bytes) {
        auto& mine = *static_cast<tar_reader*>(self);
        try {
            *bytes = mine.buffer_.data();
            return static_cast<la_ssize_t>(mine.from_.read(mine.buffer_));
        } catch (...) {
            mine.thrown_ = std::current_exception();
            archive_set_error(handle, EIO, "the part cannot be read");
            return -1;
        }
    }

    part_reader& from_;
    std::exception_ptr thrown_;
    std::vector<char> buffer_ = std::vector<char>(buffer_bytes);
    std::vector<char> content_ = std::vector<char>(buffer_bytes);
    std::unique_ptr<::archive, read_freer> handle_;
};

std::string checked_path(::archive_entry* entry, const part_reader& from) {
    const char* name = archive_entry_pathname(entry);
    const std::string path = name == nullptr ? "" : name;
    if (const auto problem = find_path_problem(path); !problem.empty()) {
        from.fail(fmt::format("has a file whose path {}", problem));
    }
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) {
        from.fail("has an entry that is no plain file");
    }
    return path;
}

}  // namespace

void read_site(part_reader& from, site_sink& to) {
    tar_reader tar(from);
    std::string before;
    std::uint64_t files = 0;
    while (auto* entry = tar.next()) {
        auto path = checked_path(entry, from);
        if (files > 0 && path <= before) from.fail("has files out of order, or twice");
        if (++files > site_files_max) from.fail("has too many files");
        to.begin_file(path, archive_entry_mtime(entry));
        for (auto bytes = tar.data(); !bytes.empty(); bytes = tar.data())
            to.write(bytes);
        to.end_file();
        before = std::move(path);
    }
    tar.drain();
    if (files != from.expected().count) {
        from.fail(
            fmt::format("has {} files, and its manifest says {}", files, from.expected().count)
        );
    }
}

}  // namespace palabre::archive
