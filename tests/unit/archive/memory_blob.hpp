// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/part.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string>

namespace palabre::archive {

// Blobs that are texts of a test.
class text_writer final : public blob_writer {
public:
    explicit text_writer(std::string& to) : to_(to) {}
    void write(std::string_view bytes) override { to_.append(bytes); }
    void commit() override {}

private:
    std::string& to_;
};

class text_reader final : public blob_reader {
public:
    explicit text_reader(std::string text) : text_(std::move(text)) {}
    std::size_t read(std::span<char> into) override {
        // A few at a time, as a network would give them.
        const auto count = std::min({into.size(), text_.size() - at_, std::size_t{1000}});
        std::copy_n(text_.data() + at_, count, into.data());
        at_ += count;
        return count;
    }

private:
    std::string text_;
    std::size_t at_ = 0;
};

struct stored_part {
    part of;
    std::string bytes;
};

inline stored_part store_part(const std::string& file, std::string_view content) {
    stored_part made;
    part_writer writer(file, std::make_unique<text_writer>(made.bytes));
    writer.write(content.substr(0, content.size() / 3));
    writer.write(content.substr(content.size() / 3));
    made.of = writer.finish(7);
    return made;
}

// The content of a part, or what is wrong with it.
inline std::string read_part(const part& of, const std::string& bytes) try {
    part_reader reader(of, std::make_unique<text_reader>(bytes));
    std::string content;
    std::array<char, 777> some{};
    while (const auto got = reader.read(some))
        content.append(some.data(), got);
    return content;
} catch (const archive_error& error) {
    return std::string("refused: ") + error.what();
}

}  // namespace palabre::archive
