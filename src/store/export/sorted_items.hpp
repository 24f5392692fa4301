// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace palabre::store {

// Items in the order of ports/record_sink.hpp, whatever the order they come in, in a file: memory
// holds a few megabytes of them however many there are. Used by one thread. Every member throws
// store_error.
class sorted_items {
public:
    enum class kind : std::uint8_t { section, comment, entry, key };

    // Makes the file, which must not be there, and removes it when this goes.
    explicit sorted_items(std::filesystem::path file);
    ~sorted_items();
    sorted_items(const sorted_items&) = delete;
    sorted_items& operator=(const sorted_items&) = delete;

    // `place` says where among its kind: bytewise order.
    void add(kind what, std::string_view place, std::string_view item);

    // Gives everything, in order. False when two had one place: an item that came twice.
    [[nodiscard]] bool give_all(const std::function<void(kind, std::string_view item)>& each);

private:
    struct parts;
    const std::filesystem::path file_;
    std::unique_ptr<parts> parts_;
};

}  // namespace palabre::store
