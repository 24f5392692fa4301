// SPDX-License-Identifier: Apache-2.0
#include "site/tree.hpp"

#include "core/text.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace palabre::site {
namespace {

namespace fs = std::filesystem;

file_stamp to_stamp(const struct stat& status) {
    constexpr std::int64_t second_ns = 1'000'000'000;
    return {
        status.st_dev,
        status.st_ino,
        static_cast<std::uint64_t>(status.st_size),
        status.st_mtim.tv_sec * second_ns + status.st_mtim.tv_nsec,
        status.st_ctim.tv_sec * second_ns + status.st_ctim.tv_nsec
    };
}

bool is_inside(const fs::path& root, const fs::path& file) {
    const auto difference = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
    return difference.first == root.end();
}

class walker {
public:
    explicit walker(const fs::path& folder) : root_(fs::canonical(folder)) {}

    tree walk() {
        enter(root_, "");
        std::ranges::sort(found_.files, {}, &found_file::path);
        return std::move(found_);
    }

private:
    void enter(const fs::path& folder, const std::string& path) {
        count_one_more();
        open_folders_.push_back(folder);
        try {
            for (const auto& entry : fs::directory_iterator(folder))
                look_at(entry, path);
        } catch (const fs::filesystem_error& error) {
            // Without its root there is no site; without one folder there is most of it.
            if (path.empty()) throw;
            leave_out(path, fmt::format("it cannot be read ({})", error.code().message()));
        }
        open_folders_.pop_back();
    }

    // Links between folders can multiply few files into many.
    void count_one_more() {
        if (++count_ <= files_max) return;
        throw std::runtime_error(fmt::format(
            "{} holds more than {} files: is it the folder of a site?", root_.string(), files_max
        ));
    }

    void look_at(const fs::directory_entry& entry, const std::string& parent) {
        const auto name = entry.path().filename().string();
        const auto path = parent + "/" + name;
        if (name.starts_with('.') && path != "/.well-known") return;
        if (find_text_problem(name, line_breaks::forbidden) || name.find('\\') != name.npos) {
            // The name itself may hold what a terminal would obey.
            return leave_out(parent + "/…", "its name holds characters that no URL should");
        }
        const auto file = resolve(entry, path);
        if (!file) return;
        struct stat status{};
        // Files may go while we look; then they are simply not there.
        if (::stat(file->c_str(), &status) != 0) return;
        if (S_ISDIR(status.st_mode)) return look_into(*file, path);
        if (!S_ISREG(status.st_mode)) return leave_out(path, "it is neither a file nor a folder");
        count_one_more();
        found_.files.push_back({path, *file, to_stamp(status)});
    }

    std::optional<fs::path> resolve(const fs::directory_entry& entry, const std::string& path) {
        std::error_code error;
        if (!entry.is_symlink(error)) return entry.path();
        auto target = fs::canonical(entry.path(), error);
        if (error) {
            leave_out(path, "it is a symbolic link that leads nowhere");
            return std::nullopt;
        }
        if (!is_inside(root_, target)) {
            leave_out(path, "it is a symbolic link that leads outside the folder of the site");
            return std::nullopt;
        }
        return target;
    }

    void look_into(const fs::path& folder, const std::string& path) {
        if (std::ranges::find(open_folders_, folder) != open_folders_.end()) {
            return leave_out(path, "it is a symbolic link to a folder that it stands in");
        }
        if (open_folders_.size() == folder_depth_max) {
            return leave_out(
                path, fmt::format("it is more than {} folders deep", folder_depth_max)
            );
        }
        enter(folder, path);
    }

    void leave_out(const std::string& path, std::string_view reason) {
        found_.left_out.push_back(fmt::format("{} is not served: {}.", path, reason));
    }

    fs::path root_;
    std::size_t count_ = 0;               // files and folders
    std::vector<fs::path> open_folders_;  // from the root to where we are
    tree found_;
};

}  // namespace

tree list_tree(const fs::path& folder) {
    return walker(folder).walk();
}

file_stamp stamp_of(int descriptor) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) {
        throw std::system_error(errno, std::generic_category(), "fstat");
    }
    return to_stamp(status);
}

}  // namespace palabre::site
