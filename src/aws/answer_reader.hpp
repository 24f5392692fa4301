// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/request.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace palabre::aws {

// Reads one HTTP/1.1 answer from bytes as they come, without any socket. Interim answers (1xx) are
// passed over. Throws connection_error on what is no HTTP, and on what is longer than it may be.
class answer_reader {
public:
    enum class body { expected, none };  // none: the answer to a HEAD

    answer_reader(body after_head, std::size_t body_bytes_max);
    ~answer_reader();
    answer_reader(const answer_reader&) = delete;
    answer_reader& operator=(const answer_reader&) = delete;

    void take(std::string_view bytes);
    // The other side closed. Throws connection_error when that is in the middle.
    void take_end();

    [[nodiscard]] bool has_begun() const noexcept;
    [[nodiscard]] bool is_done() const noexcept;

    // Once it is done: whether another request may follow on this connection.
    [[nodiscard]] bool keeps_open() const;
    [[nodiscard]] response give();

private:
    struct parts;
    void begin();

    const body after_head_;
    const std::size_t body_bytes_max_;
    std::unique_ptr<parts> parts_;
};

}  // namespace palabre::aws
