// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imports/byte_stream.hpp"
#include "imports/xml_reader.hpp"
#include "ports/comment_source.hpp"

#include <filesystem>
#include <memory>

namespace palabre::imports {

// Disqus's own export (<disqus xmlns="http://disqus.com">), plain or gzip'ed as Disqus sends it.
// E-mail and IP addresses of authors are not read. The page of a comment is its thread's link, or
// the identifier that the site gave to the thread. Threads may come after their posts: the file is
// read twice, and the threads (not the posts) are kept in memory.
// docs/formats/imports.md says what is made of each field.
class disqus_source : public comment_source {
public:
    explicit disqus_source(const std::filesystem::path& file);
    explicit disqus_source(std::unique_ptr<export_input> input, const xml_limits& allowed = {});

    [[nodiscard]] std::string engine() const override;
    [[nodiscard]] foreign_newlines newlines() const override;
    void read(
        const std::function<void(foreign_comment&&)>& take,
        const std::function<void(std::uint64_t bytes)>& progress
    ) override;
    [[nodiscard]] std::uint64_t size_bytes() const override;

private:
    std::unique_ptr<export_input> input_;
    xml_limits allowed_;
};

}  // namespace palabre::imports
