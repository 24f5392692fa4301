// SPDX-License-Identifier: Apache-2.0
#include "cli/restorable.hpp"

#include "archive/discarding.hpp"
#include "archive/export_backup.hpp"
#include "archive/manifest.hpp"
#include "home/machine/make_backup.hpp"
#include "service/restore_backup.hpp"
#include "store/export/read_export.hpp"
#include "util/sha256.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

namespace palabre::cli {
namespace {

class our_backup final : public restorable {
public:
    our_backup(blob_store& in, std::string name)
        : in_(in), name_(std::move(name)), of_(archive::read_manifest(in_, name_)) {}

    [[nodiscard]] std::string kind() const override { return "a backup of Palabre"; }
    [[nodiscard]] std::string summary() const override { return machine::summary_of(of_); }
    [[nodiscard]] bool has_site() const override { return of_.site.has_value(); }
    [[nodiscard]] std::string made_at() const override {
        return fmt::format("{} by {}", to_rfc3339(of_.made_at), of_.program);
    }
    void verify(const std::filesystem::path&) override {
        static_cast<void>(verify_backup(in_, name_));
    }
    void give(record_sink& to, archive::site_sink* site, const std::filesystem::path&) override {
        restore_backup(in_, name_, to, site);
    }

private:
    blob_store& in_;
    const std::string name_;
    const archive::manifest of_;
};

std::string read_whole(blob_store& in, const std::string& name, std::size_t bytes_max) {
    const auto reader = in.get(name);
    if (!reader) throw archive::archive_error(name + " is missing");
    std::string text;
    std::array<char, 16384> some{};
    while (const auto got = reader->read(some)) {
        text.append(some.data(), got);
        if (text.size() > bytes_max) throw archive::archive_error(name + " is too long");
    }
    return text;
}

// What DynamoDB wrote, without anything of ours.
class export_alone : public restorable {
public:
    export_alone(blob_store& in, std::string name)
        : in_(in), name_(std::move(name)), of_(archive::read_export_manifest(in_, name_)) {}

    [[nodiscard]] std::string kind() const override {
        return fmt::format("an export by DynamoDB of {}", of_.table_arn);
    }
    [[nodiscard]] std::string summary() const override {
        return fmt::format(
            "{} comments, {} entries of the audit, {} keys, of {} items",
            counts_.comments,
            counts_.entries,
            counts_.keys,
            of_.items
        );
    }
    [[nodiscard]] bool has_site() const override { return false; }
    [[nodiscard]] std::string made_at() const override {
        return fmt::format("{} by DynamoDB", to_rfc3339(of_.at));
    }
    void verify(const std::filesystem::path& work) override {
        archive::discarding_records nowhere;
        archive::discarding_site no_files;
        give(nowhere, &no_files, work);
    }
    void give(record_sink& to, archive::site_sink*, const std::filesystem::path& work) override {
        counts_ = store::read_export(in_, name_, of_, work / "items", to);
        to.finish();
    }

protected:
    [[nodiscard]] blob_store& in() const { return in_; }
    [[nodiscard]] const archive::export_manifest& manifest() const { return of_; }

private:
    blob_store& in_;
    const std::string name_;
    const archive::export_manifest of_;
    store::export_counts counts_;
};

// An export with our manifest and the files of a site.
class function_backup final : public export_alone {
public:
    function_backup(blob_store& in, const std::string& name, archive::export_backup of)
        : export_alone(in, name + "/" + of.folder), name_(name), of_(std::move(of)) {
        require(archive::export_summary_file, of_.summary_hash);
        require(archive::export_files_file, of_.files_hash);
    }

    [[nodiscard]] std::string kind() const override {
        return fmt::format("a backup by the function of Palabre, of {}", of_.table);
    }
    [[nodiscard]] bool has_site() const override { return of_.site.has_value(); }
    void give(record_sink& to, archive::site_sink* site, const std::filesystem::path& work)
        override {
        // First the files, which can be thrown away, and then what a table keeps.
        if (site != nullptr && of_.site) give_site(*of_.site, *site);
        export_alone::give(to, nullptr, work);
    }

private:
    void require(std::string_view file, const util::sha256_digest& hash) const {
        const auto path = fmt::format("{}/{}/{}", name_, of_.folder, file);
        if (util::sha256(read_whole(in(), path, archive::export_files_bytes_max)) == hash) return;
        throw archive::archive_error(fmt::format("{} is another than when it was made", file));
    }

    void give_site(const archive::site_list& expected, archive::site_sink& to) const {
        const auto path = fmt::format("{}/{}", name_, archive::site_list_file);
        const auto text = read_whole(in(), path, archive::site_list_bytes_max);
        const auto files = archive::parse_site_list(text);
        if (util::sha256(text) != expected.hash || files.size() != expected.count) {
            throw archive::archive_error(
                fmt::format("{} is not what its manifest says", archive::site_list_file)
            );
        }
        for (const auto& each : files)
            give_file(each, to);
    }

    void give_file(const archive::listed_site_file& each, archive::site_sink& to) const {
        const auto reader = in().get(archive::blob_name_of(each));
        if (!reader)
            throw archive::archive_error(fmt::format("{} of the site is missing", each.path));
        to.begin_file(each.path, of_.made_at.ms / 1000);
        std::uint64_t bytes = 0;
        std::vector<char> some(std::size_t{64} * 1024);
        while (const auto got = reader->read(some)) {
            bytes += got;
            to.write({some.data(), got});
        }
        to.end_file();
        // The ETag is no help: it is the sum of a file only under some ways to send and encrypt it.
        // The store has checked the bytes by what S3 keeps of them.
        if (bytes != each.bytes) {
            throw archive::archive_error(fmt::format("{} of the site is damaged", each.path));
        }
    }
    const std::string name_;
    const archive::export_backup of_;
};

}  // namespace

std::unique_ptr<restorable> open_restorable(blob_store& in, const std::string& name) {
    if (archive::is_export(in, name)) return std::make_unique<export_alone>(in, name);
    if (auto exported = archive::find_export_backup(in, name)) {
        return std::make_unique<function_backup>(in, name, *std::move(exported));
    }
    return std::make_unique<our_backup>(in, name);
}

}  // namespace palabre::cli
