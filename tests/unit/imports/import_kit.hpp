// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "imports/byte_stream.hpp"
#include "ports/comment_source.hpp"
#include "ports/comment_store.hpp"
#include "service/import_comments.hpp"
#include "store/memory/memory_store.hpp"
#include "support/fakes.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// The words that tests of imports are written in.
namespace palabre::test {

inline std::filesystem::path own_data(const std::string& name) {
    return std::filesystem::path(PALABRE_SOURCE_DIR) / "tests/data/imports" / name;
}

// Exports of others that lie beside the project on some machines.
inline std::filesystem::path public_data(const std::string& name) {
    return std::filesystem::path(PALABRE_SOURCE_DIR) / "../shared/data/imports" / name;
}

inline std::string slurp(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot open " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::unique_ptr<imports::export_input> in_memory(std::string bytes) {
    return std::make_unique<imports::memory_input>(std::move(bytes));
}

inline std::vector<foreign_comment> read_all(comment_source& from) {
    std::vector<foreign_comment> out;
    from.read([&](foreign_comment&& c) { out.push_back(std::move(c)); }, {});
    return out;
}

// What a source_error says, or "" when nothing was thrown.
template <class Action>
std::string error_of(Action action) {
    try {
        action();
    } catch (const source_error& error) {
        return error.what();
    }
    return {};
}

// An empty store, and imports into it.
struct import_bench {
    fake_clock time;
    store::memory_store store{time};
    limits allowed;

    import_report run(comment_source& from) {
        return import_comments(store, allowed).run(from, {});
    }

    // Everything that is stored, held comments too, by id: no comment is rendered by version 0.
    std::vector<comment> stored() { return store.list_rendered_by_others(0, {}, 1'000'000); }

    comment by_author(std::string_view author) {
        for (auto& each : stored()) {
            if (each.author == author) return each;
        }
        throw std::runtime_error("nobody is called " + std::string(author));
    }

    // The author of the comment that is replied to, or "" for none.
    std::string parent_of(std::string_view author) {
        const auto reply = by_author(author);
        return reply.parent ? store.find_any(*reply.parent).value().author : std::string();
    }
};

// A source that a test writes down.
class listed_source final : public comment_source {
public:
    std::vector<foreign_comment> entries;
    std::vector<foreign_comment> entries_later;  // given from the second reading on, if any
    foreign_newlines meaning = foreign_newlines::are_space;

    listed_source() = default;
    explicit listed_source(std::vector<foreign_comment> given) : entries(std::move(given)) {}

    [[nodiscard]] std::string engine() const override { return "listed"; }
    [[nodiscard]] foreign_newlines newlines() const override { return meaning; }
    void read(
        const std::function<void(foreign_comment&&)>& take,
        const std::function<void(std::uint64_t bytes)>& progress
    ) override {
        const bool later = readings_++ > 0 && !entries_later.empty();
        for (auto copy : later ? entries_later : entries)
            take(std::move(copy));
        if (progress) progress(size_bytes());
    }
    [[nodiscard]] std::uint64_t size_bytes() const override { return 1; }

private:
    int readings_ = 0;
};

inline foreign_comment entry(std::string key, std::string parent_key = {}) {
    foreign_comment out;
    out.author = "author " + key;
    out.html = "<p>text " + key + "</p>";
    out.page = "https://exemple.fr/a/";
    out.at = {1'300'000'000'000};
    out.key = std::move(key);
    out.parent_key = std::move(parent_key);
    return out;
}

}  // namespace palabre::test
