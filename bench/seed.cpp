// SPDX-License-Identifier: Apache-2.0
// Writes a database of comments as `palabre serve` would have, and the same comments as lines of
// JSON for the other parties. The same numbers always give the same comments.
#include "http/comment_json.hpp"
#include "markup/render.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "system/system_clock.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <exception>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace {

using palabre::comment;

constexpr std::size_t texts_count = 1000;
constexpr std::size_t batch_comments = 2000;
constexpr std::int64_t first_ms = 1'704'067'200'000;  // 2024-01-01
constexpr std::int64_t between_ms = 37;
constexpr std::uint32_t depth_max = 32;

constexpr std::array words{
    "arbre",   "village", "commentaire", "merci",   "question", "réponse", "serveur", "disque",
    "lecture", "page",    "projet",      "stage",   "mesure",   "code",    "nuage",   "base",
    "section", "idée",    "détail",      "exemple", "moyen",    "simple",  "rapide",  "clair",
};
constexpr std::array ornaments{
    "**important**",
    "`std::expected`",
    "_peut-être_",
    "[la source](https://example.org/a?b=c)",
    "1 < 2 && 3 > 2",
    "« bien dit »",
    "~~faux~~",
    "<script>alert(1)</script>",
};

struct prose {
    std::string text;
    std::string html;
};

// One or two paragraphs, some forty words in all, with what people put into comments.
prose make_prose(std::mt19937& chance) {
    prose made;
    const auto paragraphs = 1 + chance() % 2;
    for (std::size_t p = 0; p < paragraphs; ++p) {
        if (p > 0) made.text += "\n\n";
        const auto length = 8 + chance() % 40 / paragraphs;
        for (std::size_t w = 0; w < length; ++w) {
            if (w > 0) made.text += ' ';
            const bool plain = chance() % 12 != 0;
            made.text +=
                plain ? words[chance() % words.size()] : ornaments[chance() % ornaments.size()];
        }
    }
    made.html = palabre::markup::render(made.text, depth_max).value();
    return made;
}

class generator {
public:
    explicit generator(std::uint64_t sections) : sections_(sections) {
        for (std::size_t i = 0; i < texts_count; ++i)
            texts_.push_back(make_prose(chance_));
    }

    // The comment of that number. Every fourth of a section answers the one before it.
    [[nodiscard]] comment make(std::uint64_t number) const {
        const prose& said = texts_[number * 7919 % texts_.size()];
        comment made;
        made.id = id_of(number);
        made.section = fmt::format("/articles/{}", number % sections_);
        made.at = at_of(number);
        made.author = fmt::format("Lecteur {}", number % 977);
        made.text = said.text;
        made.html = said.html;
        made.renderer = palabre::markup::renderer_version;
        if (number / sections_ % 4 == 3) {
            made.parent = id_of(number - sections_);
            made.depth = 1;
        }
        return made;
    }

private:
    static palabre::timestamp at_of(std::uint64_t number) {
        return {first_ms + static_cast<std::int64_t>(number) * between_ms};
    }

    static palabre::comment_id id_of(std::uint64_t number) {
        std::mt19937 chance(static_cast<std::uint32_t>(number));
        std::array<std::uint8_t, 10> entropy{};
        for (auto& byte : entropy)
            byte = static_cast<std::uint8_t>(chance());
        return palabre::make_comment_id(at_of(number), entropy);
    }

    std::uint64_t sections_;
    std::mt19937 chance_{1};
    std::vector<prose> texts_;
};

void write(
    std::uint64_t comments, const generator& from, const std::string& file, std::ostream* lines
) {
    const palabre::system_clock wall;
    palabre::store::sqlite_options how;
    how.file = file;
    palabre::store::sqlite_store store(how, wall);
    std::vector<comment> batch;
    for (std::uint64_t number = 0; number < comments; ++number) {
        batch.push_back(from.make(number));
        if (lines != nullptr) *lines << palabre::http::to_json(batch.back()) << '\n';
        if (batch.size() < batch_comments && number + 1 < comments) continue;
        store.add_missing(batch);
        batch.clear();
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t comments = 0;
    std::uint64_t sections = 1;
    std::string database;
    std::string lines_file;
    CLI::App app{"Writes a database of generated comments."};
    app.add_option("database", database)->required();
    app.add_option("--comments", comments)->required();
    app.add_option("--sections", sections)->check(CLI::PositiveNumber);
    app.add_option("--lines", lines_file, "Write the same comments there, one JSON object a line");
    CLI11_PARSE(app, argc, argv);
    try {
        std::ofstream lines(lines_file);
        write(comments, generator(sections), database, lines_file.empty() ? nullptr : &lines);
    } catch (const std::exception& error) {
        fmt::print(stderr, "palabre_bench_seed: {}\n", error.what());
        return 1;
    }
    return 0;
}
