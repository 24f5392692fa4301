// SPDX-License-Identifier: Apache-2.0
#include "archive/backup_name.hpp"
#include "archive/export_backup.hpp"
#include "archive/manifest.hpp"
#include "archive/record_json.hpp"
#include "archive/site.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace {

using namespace palabre;
using namespace palabre::archive;

void must(bool held) {
    if (!held) std::abort();
}

// What is read from a line is written so that it reads the same again.
template <class parser>
void check_line(const parser& parse, std::string_view line) {
    const auto read = parse(line);
    if (!read) return must(!read.error().empty());
    std::string written;
    append_line(written, *read);
    must(parse(written) == *read);
}

void check_section(std::string_view line) {
    const auto read = parse_section(line);
    if (!read) return;
    std::string written;
    append_section_line(written, *read);
    must(parse_section(written) == *read);
}

template <class reader>
void refused_or_read(const reader& read) {
    try {
        read();
    } catch (const archive_error& error) {
        must(*error.what() != '\0');
    }
}

class bytes_reader final : public blob_reader {
public:
    explicit bytes_reader(std::string_view bytes) : bytes_(bytes) {}
    std::size_t read(std::span<char> into) override {
        const auto count = std::min(into.size(), bytes_.size());
        std::copy_n(bytes_.data(), count, into.data());
        bytes_.remove_prefix(count);
        return count;
    }

private:
    std::string_view bytes_;
};

class checking_site final : public site_sink {
    void begin_file(const std::string& path, std::int64_t) override {
        must(find_path_problem(path).empty() && path.front() != '/');
    }
    void write(std::string_view) override {}
    void end_file() override {}
};

// A tar with the right sums, whoever made it; and a part with sums that say anything.
void check_parts(std::string_view bytes) {
    part plain{"site.tar"};
    plain.bytes = plain.content_bytes = bytes.size();
    plain.hash = plain.content_hash = util::sha256(bytes);
    refused_or_read([&] {
        part_reader from(plain, std::make_unique<bytes_reader>(bytes));
        checking_site site;
        read_site(from, site);
    });
    part packed{"x.zst"};
    packed.bytes = bytes.size();
    packed.content_bytes = 100'000;
    refused_or_read([&] {
        part_reader from(packed, std::make_unique<bytes_reader>(bytes));
        char some[4096];
        while (from.read(some) > 0) {
        }
    });
}

}  // namespace

// Any bytes may be given as a manifest, as a line, as a tar, as a compressed part.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (*data) {
        case 'm':
            refused_or_read([&] {
                const auto read = parse_manifest(text);
                must(parse_manifest(to_json(read)) == read);
            });
            break;
        case 'c':
            check_line(parse_comment, text);
            break;
        case 'a':
            check_line(parse_audit_entry, text);
            break;
        case 'k':
            check_line(parse_key, text);
            break;
        case 's':
            check_section(text);
            break;
        case 'e':
            refused_or_read([&] {
                const auto read = parse_export_backup(text);
                must(parse_export_backup(to_json(read)) == read);
            });
            break;
        case 'l':
            refused_or_read([&] {
                std::string written;
                const auto read = parse_site_list(text);
                for (const auto& each : read)
                    append_line(written, each);
                must(parse_site_list(written) == read);
            });
            break;
        case 'n':
            if (const auto at = parse_backup_name(text)) must(backup_name(*at) == text);
            break;
        default:
            check_parts(text);
    }
    return 0;
}
