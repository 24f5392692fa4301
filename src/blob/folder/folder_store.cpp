// SPDX-License-Identifier: Apache-2.0
#include "blob/folder/folder_store.hpp"

#include "ports/blob_name.hpp"
#include "util/durable.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <system_error>
#include <utility>

namespace palabre::blob {
namespace {

namespace fs = std::filesystem;

// A dot in front: no blob has such a name, so a file that a crash left is never listed.
fs::path beside(const fs::path& file) {
    return file.parent_path() / ("." + file.filename().string() + ".part");
}

// Runs it, and turns what the file system throws into what the port promises.
template <class work>
auto told_as_blob_error(const work& run) try {
    return run();
} catch (const std::system_error& error) {  // those of std::filesystem too; they name the path
    throw blob_error(error.what());
}

void throw_unless_gone(const std::error_code& why, const fs::path& what) {
    if (why && why != std::errc::no_such_file_or_directory) {
        throw fs::filesystem_error("cannot list", what, why);
    }
}

// Somebody else may write, publish or remove meanwhile: what goes while we look is not there.
void for_each_file(
    const fs::path& folder, const std::function<void(const fs::path&, std::uint64_t bytes)>& each
) {
    std::error_code why;
    for (const auto& entry : fs::directory_iterator(folder, why)) {
        std::error_code entry_why;
        const auto status = entry.symlink_status(entry_why);
        if (fs::is_directory(status)) {
            for_each_file(entry.path(), each);
        } else if (fs::is_regular_file(status)) {
            const auto bytes = fs::file_size(entry.path(), entry_why);
            if (!entry_why) each(entry.path(), bytes);
        }
        throw_unless_gone(entry_why, entry.path());
    }
    throw_unless_gone(why, folder);
}

class file_writer final : public blob_writer {
public:
    explicit file_writer(fs::path file) : file_(std::move(file)), part_(beside(file_)) {
        told_as_blob_error([&] {
            make_folders(file_.parent_path());
            fs::remove(part_);
            out_ = std::make_unique<util::durable_file>(part_);
        });
    }
    file_writer(const file_writer&) = delete;
    file_writer& operator=(const file_writer&) = delete;
    ~file_writer() override {
        if (!out_) return;
        std::error_code ignored;
        fs::remove(part_, ignored);
    }

    void write(std::string_view bytes) override {
        told_as_blob_error([&] { out_->write(bytes); });
    }

    void commit() override {
        told_as_blob_error([&] {
            out_->finish();
            fs::rename(part_, file_);
            out_.reset();
            util::sync_folder(file_.parent_path());
        });
    }

private:
    // Each with its name durable in the one above.
    static void make_folders(const fs::path& folder) {
        if (folder.empty() || fs::exists(folder)) return;
        make_folders(folder.parent_path());
        if (fs::create_directory(folder)) fs::permissions(folder, fs::perms::owner_all);
        util::sync_folder(fs::absolute(folder).parent_path());
    }

    const fs::path file_;
    const fs::path part_;
    std::unique_ptr<util::durable_file> out_;
};

class file_reader final : public blob_reader {
public:
    file_reader(fs::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}
    file_reader(const file_reader&) = delete;
    file_reader& operator=(const file_reader&) = delete;
    ~file_reader() override { ::close(descriptor_); }

    std::size_t read(std::span<char> into) override {
        for (;;) {
            const auto got = ::read(descriptor_, into.data(), into.size());
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno == EINTR) continue;
            throw blob_error(
                "cannot read " + file_.string() + ": " + std::generic_category().message(errno)
            );
        }
    }

private:
    const fs::path file_;
    const int descriptor_;
};

}  // namespace

folder_store::folder_store(const fs::path& folder) : folder_(fs::absolute(folder)) {}

fs::path folder_store::path_of(std::string_view name) const {
    if (!is_blob_name(name)) throw blob_error("no name for a blob: " + std::string(name));
    return folder_ / name;
}

std::unique_ptr<blob_writer> folder_store::put(std::string_view name) {
    return std::make_unique<file_writer>(path_of(name));
}

std::unique_ptr<blob_reader> folder_store::get(std::string_view name) {
    auto file = path_of(name);
    // Not waiting for the other end of a pipe that somebody put there.
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (opened >= 0) return std::make_unique<file_reader>(std::move(file), opened);
    if (errno == ENOENT || errno == ENOTDIR) return nullptr;
    throw blob_error(
        "cannot open " + file.string() + ": " + std::generic_category().message(errno)
    );
}

std::vector<blob_entry> folder_store::list(std::string_view prefix) {
    return told_as_blob_error([&] {
        std::vector<blob_entry> found;
        for_each_file(folder_, [&](const fs::path& file, std::uint64_t bytes) {
            auto name = file.lexically_relative(folder_).string();
            if (!name.starts_with(prefix) || !is_blob_name(name)) return;
            found.push_back({std::move(name), bytes});
        });
        std::ranges::sort(found, {}, &blob_entry::name);
        return found;
    });
}

void folder_store::move(std::string_view from, std::string_view to, std::string_view) {
    const auto source = path_of(from);
    const auto target = path_of(to);
    told_as_blob_error([&] {
        util::sync_folder(source);
        // rename() would put a folder in the place of an empty one.
        if (fs::exists(target)) throw blob_error(target.string() + " is there already");
        fs::rename(source, target);
        util::sync_folder(target.parent_path());
        util::sync_folder(source.parent_path());
    });
}

void folder_store::remove(std::string_view name, std::string_view first) {
    const auto folder = path_of(name);
    told_as_blob_error([&] {
        if (!fs::exists(folder)) return;
        fs::remove(folder / first);
        util::sync_folder(folder);
        fs::remove_all(folder);
        util::sync_folder(folder.parent_path());
    });
}

}  // namespace palabre::blob
