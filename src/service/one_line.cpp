// SPDX-License-Identifier: Apache-2.0
#include "service/one_line.hpp"

#include "core/text.hpp"

namespace palabre {

namespace {

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

}  // namespace

std::string clean_line(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t size = 1;
        while (size < text.size() && continues_character(text[size]))
            ++size;
        const auto character = text.substr(0, size);
        if (character == "\n" || character == "\r" || character == "\t") {
            out += ' ';
        } else if (!find_text_problem(character, line_breaks::forbidden)) {
            out += character;
        }
        text.remove_prefix(size);
    }
    return std::string(trim(out));
}

std::string shorten(std::string_view text, std::size_t characters_max) {
    if (count_characters(text) <= characters_max) return std::string(text);
    std::size_t kept = 0;
    for (std::size_t begun = 0; kept < text.size(); ++kept) {
        if (!continues_character(text[kept]) && ++begun == characters_max) break;
    }
    return std::string(trim(text.substr(0, kept))) + "…";
}

}  // namespace palabre
