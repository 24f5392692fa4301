// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/request.hpp"
#include "site/static_site.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace palabre::test {

// A folder of its own for one test, gone with it.
class temp_folder {
public:
    temp_folder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "palabre-site-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp failed");
        path_ = name;
    }
    temp_folder(const temp_folder&) = delete;
    temp_folder& operator=(const temp_folder&) = delete;
    ~temp_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline std::string text_of(const http::response& answer) {
    if (const auto* owned = std::get_if<std::string>(&answer.body)) return *owned;
    if (const auto* shared = std::get_if<http::shared_bytes>(&answer.body)) {
        return std::string(shared->bytes);
    }
    const auto& part = std::get<http::file_part>(answer.body);
    std::string bytes(part.length, '\0');
    const auto got = ::pread(
        part.file->descriptor(), bytes.data(), bytes.size(), static_cast<off_t>(part.offset)
    );
    bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return bytes;
}

inline std::string header_of(const http::response& answer, std::string_view name) {
    const auto* value = answer.find(name);
    return value ? *value : "(none)";
}

// A folder with files, and the site that serves it once it is opened.
class site_test : public ::testing::Test {
protected:
    void write(const std::string& path, std::string_view content) {
        const auto file = folder_.path() / path;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << content;
    }

    site::static_site& open() {
        site::options how;
        how.folder = folder_.path();
        how.hsts_s = 3600;
        how.look_every = std::chrono::milliseconds(0);
        site_.emplace(how);
        site_->wait_until_compressed();
        return *site_;
    }

    http::response ask(
        std::string_view path,
        const std::vector<http::header_view>& headers = {},
        http::method verb = http::method::get
    ) {
        if (!site_) open();
        http::request asked;
        asked.verb = verb;
        asked.path = path;
        asked.headers = headers;
        auto at_once = site_->answer_at_once(asked);
        return at_once ? std::move(*at_once) : site_->handle(asked);
    }

    unsigned status_of(std::string_view path) { return ask(path).status; }

    temp_folder folder_;
    std::optional<site::static_site> site_;
};

}  // namespace palabre::test
