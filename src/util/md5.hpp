// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace palabre::util {

// MD5, for what others computed by it: it finds damage, and keeps nobody from forging. Of bytes
// that come in parts. Used by one thread at a time.
class md5_stream {
public:
    md5_stream();
    ~md5_stream();
    md5_stream(const md5_stream&) = delete;
    md5_stream& operator=(const md5_stream&) = delete;

    void add(std::string_view bytes);
    // The 16 bytes of the sum of all that was added. Nothing may be added afterwards.
    [[nodiscard]] std::string finish();

private:
    struct state;
    std::unique_ptr<state> state_;
};

[[nodiscard]] std::string md5(std::string_view bytes);

}  // namespace palabre::util
