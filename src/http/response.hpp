// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace palabre::http {

struct header {
    std::string_view name;  // a literal, lower case
    std::string value;
};

// A file that stays open while an answer is read from it. Shared by all answers under way.
class open_file {
public:
    explicit open_file(int descriptor) noexcept : descriptor_(descriptor) {}
    ~open_file();
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

private:
    int descriptor_;
};

// Bytes that several answers share: a cached page, a small file. `owner` keeps them alive.
struct shared_bytes {
    std::shared_ptr<const void> owner;
    std::string_view bytes;
};

// A part of a file too large for memory.
struct file_part {
    std::shared_ptr<const open_file> file;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

using response_body = std::variant<std::string, shared_bytes, file_part>;

[[nodiscard]] std::uint64_t size_of(const response_body& body) noexcept;

// Whether an answer of that status has a body at all (RFC 9110 §6.4.1).
[[nodiscard]] bool may_have_body(unsigned status) noexcept;

// An answer as a plain value. Whoever sends it adds Date, Content-Length, Connection and the
// request id, and leaves the body out for HEAD, 204 and 304.
struct response {
    unsigned status = 200;
    std::vector<header> headers;
    response_body body;
    std::string_view route;  // a literal for logs and metrics: "GET /commentaires"

    void set(std::string_view name, std::string value) {
        headers.push_back({name, std::move(value)});
    }
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
};

}  // namespace palabre::http
