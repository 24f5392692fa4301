// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace palabre::util {

// Appends a JSON string (RFC 8259 §7) with its quotes. `text` must be valid UTF-8.
void append_json_string(std::string& to, std::string_view text);

// Writes one JSON object at the end of a text, member by member, in the order of the calls. Much
// less work than building a tree first, and the order of members is ours. The text is complete when
// the object is destroyed; it must outlive it, and only the innermost open one may be written to.
class json_object {
public:
    explicit json_object(std::string& to) : to_(to) { to_.push_back('{'); }
    ~json_object() { to_.push_back('}'); }
    json_object(const json_object&) = delete;
    json_object& operator=(const json_object&) = delete;

    void add(std::string_view name, std::string_view value);
    void add(std::string_view name, const char* value) { add(name, std::string_view(value)); }
    void add(std::string_view name, std::uint64_t value);
    void add(std::string_view name, bool value);
    // Writes the name and leaves the value to the caller.
    [[nodiscard]] std::string& add_raw(std::string_view name);

private:
    std::string& to_;
    bool first_ = true;
};

// The same for an array.
class json_array {
public:
    explicit json_array(std::string& to) : to_(to) { to_.push_back('['); }
    ~json_array() { to_.push_back(']'); }
    json_array(const json_array&) = delete;
    json_array& operator=(const json_array&) = delete;

    // Where the next element is to be written.
    [[nodiscard]] std::string& next();

private:
    std::string& to_;
    bool first_ = true;
};

}  // namespace palabre::util
