// SPDX-License-Identifier: Apache-2.0
#include "imports/wordpress.hpp"
#include "unit/imports/import_kit.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PALABRE_UNDER_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PALABRE_UNDER_SANITIZER
#endif
#endif

namespace palabre::test {

namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;

// Takes comments and forgets them, so that only the import itself is measured.
class forgetful_store final : public comment_store {
public:
    std::uint64_t taken = 0;
    std::uint64_t batches = 0;

    std::size_t add_missing(std::span<const comment> batch) override {
        taken += batch.size();
        ++batches;
        return batch.size();
    }
    post_answer post(const comment&, const std::optional<idempotency_record>&) override {
        throw store_error("not used by imports");
    }
    std::optional<comment> find(const comment_id&) override { return {}; }
    std::optional<comment> find_any(const comment_id&) override { return {}; }
    page list(const page_query&) override { return {}; }
    std::vector<section_count> counts(std::span<const std::string>) override { return {}; }
    std::vector<section_count> largest_sections(std::size_t) override { return {}; }
    std::uint64_t count_held() override { return 0; }
    std::vector<comment> list_rendered_by_others(
        std::uint32_t, const std::optional<comment_id>&, std::size_t
    ) override {
        return {};
    }
    void replace_html(std::span<const comment>) override {}
    void check() override {}
};

// 64 unless the environment asks for more.
std::uint64_t size_to_write() {
    const char* asked = std::getenv("PALABRE_LARGE_EXPORT_MB");
    return (asked != nullptr ? std::stoull(asked) : 64) * mebibyte;
}

// A blog as they are: long articles, each with some comments. Removed with the object.
class large_export {
public:
    explicit large_export(std::uint64_t bytes)
        : path(
              std::filesystem::temp_directory_path() /
              ("palabre-large-" + std::to_string(::getpid()) + ".xml")
          ) {
        std::ofstream out(path, std::ios::binary);
        out << "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='urn:c'><channel>";
        while (static_cast<std::uint64_t>(out.tellp()) < bytes)
            write_article(out);
        out << "</channel></rss>\n";
        if (!out) throw std::runtime_error("cannot write " + path.string());
    }
    large_export(const large_export&) = delete;
    large_export& operator=(const large_export&) = delete;
    ~large_export() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }

    std::filesystem::path path;
    std::uint64_t comments = 0;

private:
    void write_article(std::ostream& out) {
        static const std::string article(200'000, 'a');
        static const std::string words(1'000, 'c');
        out << "<item><link>https://a.fr/" << comments << "/</link><content:encoded>" << article
            << "</content:encoded>\n";
        for (int i = 0; i < 20; ++i) {
            ++comments;
            out << "<wp:comment><wp:comment_id>" << comments
                << "</wp:comment_id><wp:comment_date_gmt>2020-01-01 00:00:00"
                   "</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved>"
                   "<wp:comment_content><![CDATA[<b>"
                << comments << "</b> " << words << "]]></wp:comment_content></wp:comment>\n";
        }
        out << "</item>\n";
    }
};

std::uint64_t status_bytes(const std::string& field) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        std::uint64_t kibibytes = 0;
        if (word == field && status >> kibibytes) return kibibytes * 1024;
    }
    return 0;
}

// Makes the kernel forget the highest memory use so far. False where it cannot.
bool forget_peak() {
    std::ofstream refs("/proc/self/clear_refs");
    return static_cast<bool>(refs << "5" << std::flush);
}

TEST(LargeExport, IsReadWithoutHoldingItInMemory) {
    const large_export file(size_to_write());
    imports::wordpress_source source(file.path);
    forgetful_store store;
    const bool measured = forget_peak();
    const auto before = status_bytes("VmRSS:");
    const auto report = import_comments(store, limits{}).run(source, {});
    const auto peak = status_bytes("VmHWM:");

    EXPECT_EQ(report.added, file.comments);
    EXPECT_EQ(store.taken, file.comments);
    EXPECT_GE(store.batches, file.comments / 500);
#ifdef PALABRE_UNDER_SANITIZER
    (void)before, (void)peak, (void)measured;
#else
    if (!measured) GTEST_SKIP() << "this kernel does not let a process reset its peak memory";
    RecordProperty("grown_kib", static_cast<int>((peak - before) / 1024));
    EXPECT_LT(peak - before, 40 * mebibyte);
#endif
}

TEST(LargeExport, OfHugeCommentsIsStoredInSmallBatches) {
    const std::string huge = "<p>" + std::string(250'000, '"') + "</p>";
    std::vector<foreign_comment> entries;
    for (int i = 0; i < 7; ++i) {
        entries.push_back(entry(std::to_string(i)));
        entries.back().html = huge;
    }
    listed_source source(std::move(entries));
    forgetful_store store;
    import_comments(store, limits{}).run(source, {});
    EXPECT_EQ(store.taken, 7u);
    EXPECT_EQ(store.batches, 3u);  // as "&quot;" makes 1.5 MB of each: 3 cross 4 MiB
}

}  // namespace

}  // namespace palabre::test
