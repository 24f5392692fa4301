// SPDX-License-Identifier: Apache-2.0
#include "imports/disqus.hpp"
#include "imports/wordpress.hpp"
#include "unit/imports/import_kit.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Cuts a file at every byte: an import of it changes nothing and says in which line it broke.
template <class Source>
void cut_everywhere(const std::string& name) {
    auto whole = slurp(own_data(name));
    while (whole.ends_with('\n'))
        whole.pop_back();  // a document is complete without it
    for (std::size_t size = 0; size < whole.size(); ++size) {
        import_bench bench;
        Source source(in_memory(whole.substr(0, size)));
        const auto error = error_of([&] { bench.run(source); });
        ASSERT_THAT(error, StartsWith("line ")) << "cut at byte " << size;
        ASSERT_TRUE(bench.stored().empty()) << "cut at byte " << size;
    }
    import_bench bench;
    Source source(in_memory(whole));
    EXPECT_GT(bench.run(source).added, 0u);
}

TEST(Truncation, OfAWordPressExportChangesNothing) {
    cut_everywhere<imports::wordpress_source>("wordpress.xml");
}

TEST(Truncation, OfADisqusExportChangesNothing) {
    cut_everywhere<imports::disqus_source>("disqus.xml");
}

TEST(Truncation, IsCalledThatBehindTheFirstTag) {
    const auto whole = slurp(own_data("wordpress.xml"));
    for (auto size = whole.find("<item>"); size < whole.find("</rss>"); size += 7) {
        imports::wordpress_source source(in_memory(whole.substr(0, size)));
        EXPECT_THAT(error_of([&] { read_all(source); }), HasSubstr("ends in the middle of <"));
    }
}

}  // namespace

}  // namespace palabre::test
