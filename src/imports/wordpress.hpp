// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imports/byte_stream.hpp"
#include "imports/xml_reader.hpp"
#include "ports/comment_source.hpp"

#include <filesystem>
#include <memory>

namespace palabre::imports {

// WordPress's own export (WXR, an RSS feed with a wp: namespace of version 1.x), plain or gzip'ed.
// E-mail addresses, IP addresses and browsers of authors are not read. The page of a comment is its
// post's link; a link by number ("/?p=12") becomes the post's name in the same folder.
// docs/formats/imports.md says what is made of each field.
class wordpress_source : public comment_source {
public:
    explicit wordpress_source(const std::filesystem::path& file);
    explicit wordpress_source(std::unique_ptr<export_input> input, const xml_limits& allowed = {});

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
