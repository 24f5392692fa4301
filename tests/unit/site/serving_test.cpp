// SPDX-License-Identifier: Apache-2.0
#include "site/http_date.hpp"
#include "unit/site/site_ground.hpp"
#include "util/compress.hpp"
#include "util/sha256.hpp"

#include <fmt/format.h>

namespace palabre::test {
namespace {

const std::string long_text = [] {
    std::string text;
    for (int i = 0; i < 500; ++i)
        text += "A line that says the same as the one before it.\n";
    return text;
}();

class serving : public site_test {};

TEST_F(serving, gives_files_and_index_files) {
    write("index.html", "<h1>home</h1>");
    write("notes/index.html", "notes");
    write("style.css", "p{}");
    const auto home = ask("/");
    EXPECT_EQ(home.status, 200);
    EXPECT_EQ(text_of(home), "<h1>home</h1>");
    EXPECT_EQ(header_of(home, "content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(home.route, "site");
    EXPECT_EQ(text_of(ask("/index.html")), "<h1>home</h1>");
    EXPECT_EQ(text_of(ask("/notes/")), "notes");
    EXPECT_EQ(text_of(ask("/style.css")), "p{}");
    EXPECT_EQ(status_of("/style.css/"), 404);
    EXPECT_EQ(status_of("//"), 404);
    EXPECT_EQ(status_of("/notes//"), 404);
}

TEST_F(serving, leads_to_the_slash_of_a_folder) {
    write("a b/index.html", "x");
    write("empty/file.txt", "x");
    open();
    http::request asked;
    asked.path = "/a%20b";
    asked.query = "page=2";
    const auto moved = site_->answer_at_once(asked);
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->status, 308);
    EXPECT_EQ(header_of(*moved, "location"), "/a%20b/?page=2");
    EXPECT_EQ(status_of("/empty"), 404);
    EXPECT_EQ(status_of("//a%20b"), 404);
}

TEST_F(serving, never_writes_a_query_that_breaks_a_header) {
    write("a/index.html", "x");
    open();
    http::request asked;
    asked.path = "/a";
    asked.query = "x\r\nset-cookie: y";
    EXPECT_EQ(header_of(*site_->answer_at_once(asked), "location"), "/a/");
}

TEST_F(serving, shows_the_sites_own_page_for_what_is_missing) {
    EXPECT_EQ(status_of("/nothing"), 404);
    EXPECT_EQ(text_of(ask("/nothing")), "There is no page at this address.\n");
    write("404.html", "lost");
    site_->rescan();
    site_->wait_until_compressed();
    const auto lost = ask("/nothing", {{"range", "bytes=0-1"}, {"if-none-match", "*"}});
    EXPECT_EQ(lost.status, 404);
    EXPECT_EQ(text_of(lost), "lost");
    EXPECT_EQ(header_of(lost, "cache-control"), "no-cache");
    EXPECT_EQ(header_of(lost, "etag"), "(none)");
}

TEST_F(serving, refuses_other_methods) {
    write("index.html", "x");
    using enum http::method;
    for (const auto verb : {post, put, patch, delete_resource, options, other}) {
        const auto refused = ask("/", {}, verb);
        EXPECT_EQ(refused.status, 405);
        EXPECT_EQ(header_of(refused, "allow"), "GET, HEAD");
    }
}

TEST_F(serving, answers_head_as_get) {
    write("index.html", "hello");
    const auto got = ask("/");
    const auto head = ask("/", {{"range", "bytes=0-1"}}, http::method::head);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(http::size_of(head.body), 5);
    EXPECT_EQ(header_of(head, "etag"), header_of(got, "etag"));
}

TEST_F(serving, never_leaves_the_folder) {
    write("index.html", "x");
    write("sub/page.html", "x");
    for (const auto* trick :
         {"/../etc/passwd",
          "/sub/../../etc/passwd",
          "/%2e%2e/%2e%2e/etc/passwd",
          "/..%2f..%2fetc/passwd",
          "/..%5c..%5cetc",
          "/sub/%2e%2e/index.html",
          "/index.html%00.txt",
          "/%c0%ae%c0%ae/etc/passwd"}) {
        EXPECT_EQ(status_of(trick), 400) << trick;
    }
    for (const auto* trick :
         {"/etc/passwd", "//etc/passwd", "/%252e%252e/etc/passwd", "/index.html/x"}) {
        EXPECT_EQ(status_of(trick), 404) << trick;
    }
}

// Each dot and each slash in the spellings that some server was once fooled by, in every mixture:
// "/../", as a client might write it.
std::vector<std::string> ways_up() {
    const std::string_view dots[] = {
        ".",      "%2e",    "%2E",    "%252e",     "%25252e", "%c0%ae", "%e0%80%ae", "%f0%80%80%ae",
        "%c0%2e", "%u002e", "%uff0e", "%ef%bc%8e", "\uff0e",  "%00.",   ".%00",      ".;",
        ".%20",   ".%09",   "%0a.",
    };
    const std::string_view slashes[] = {
        "/",
        "%2f",
        "%2F",
        "%252f",
        "\\",
        "%5c",
        "%255c",
        "%c0%af",
        "%c1%9c",
        "%e0%80%af",
        "%u2215",
        "%u2216",
        "\u2215",
        "%ef%bc%8f",
        "//",
        "/./",
        "/%2e/",
        ";/",
    };
    std::vector<std::string> ways;
    for (const auto slash : slashes) {
        for (const auto first : dots) {
            for (const auto second : dots)
                ways.push_back(fmt::format("{0}{1}{2}{0}", slash, first, second));
        }
    }
    return ways;
}

TEST_F(serving, never_leaves_the_folder_in_any_spelling) {
    write("index.html", "x");
    write("sub/page.html", "x");
    const std::string secret = "beside-" + folder_.path().filename().string();
    const auto file = folder_.path().parent_path() / secret;
    std::ofstream(file) << "secret";
    for (const auto& way : ways_up()) {
        for (const auto& path : {way + secret, "/" + way + secret, "/sub" + way + way + secret}) {
            const auto status = status_of(path);
            ASSERT_TRUE(status == 400 || status == 404) << path << " gave " << status;
        }
    }
    std::filesystem::remove(file);
}

TEST_F(serving, hides_dot_files_but_well_known_ones) {
    write(".env", "secret");
    write(".git/config", "secret");
    write("sub/.htpasswd", "secret");
    write("sub/.well-known/x", "secret");
    write(".well-known/security.txt", "Contact: x");
    for (const auto* path : {"/.env", "/.git/config", "/sub/.htpasswd", "/sub/.well-known/x"}) {
        EXPECT_EQ(status_of(path), 404) << path;
    }
    EXPECT_EQ(text_of(ask("/.well-known/security.txt")), "Contact: x");
}

TEST_F(serving, follows_links_only_inside_the_folder) {
    const temp_folder outside;
    std::ofstream(outside.path() / "secret.txt") << "secret";
    write("real/page.html", "page");
    const auto link = [&](const std::filesystem::path& to, const char* name) {
        std::filesystem::create_symlink(to, folder_.path() / name);
    };
    link("real/page.html", "alias.html");
    link("real", "folder");
    link(outside.path() / "secret.txt", "leak.txt");
    link(outside.path(), "leak");
    link("../" + outside.path().filename().string() + "/secret.txt", "leak2.txt");
    link("nowhere", "dangling");
    link(".", "real/loop");
    EXPECT_EQ(text_of(ask("/alias.html")), "page");
    EXPECT_EQ(text_of(ask("/folder/page.html")), "page");
    for (const auto* path :
         {"/leak.txt", "/leak/secret.txt", "/leak2.txt", "/dangling", "/real/loop/page.html"}) {
        EXPECT_EQ(status_of(path), 404) << path;
    }
    // The loop is met twice: as itself and by the link to its folder.
    EXPECT_EQ(site_->describe().left_out.size(), 6);
}

// A folder whose sibling's name begins with its own name is not inside it.
TEST_F(serving, knows_inside_from_alike) {
    const auto alike = folder_.path().string() + "-private";
    std::filesystem::create_directory(alike);
    std::ofstream(alike + "/secret.txt") << "secret";
    std::filesystem::create_symlink(alike + "/secret.txt", folder_.path() / "leak.txt");
    EXPECT_EQ(status_of("/leak.txt"), 404);
    std::filesystem::remove_all(alike);
}

TEST_F(serving, sends_the_smallest_form_that_the_client_accepts) {
    write("page.html", long_text);
    const auto plain = ask("/page.html");
    const auto gzip = ask("/page.html", {{"accept-encoding", "gzip"}});
    const auto brotli = ask("/page.html", {{"accept-encoding", "gzip, br"}});
    EXPECT_EQ(header_of(plain, "content-encoding"), "(none)");
    EXPECT_EQ(header_of(gzip, "content-encoding"), "gzip");
    EXPECT_EQ(header_of(brotli, "content-encoding"), "br");
    EXPECT_EQ(text_of(plain), long_text);
    EXPECT_EQ(text_of(gzip), util::gzip(long_text, util::effort::best));
    EXPECT_EQ(text_of(brotli), util::brotli(long_text, util::effort::best));
    for (const auto* answer : {&plain, &gzip, &brotli}) {
        EXPECT_EQ(header_of(*answer, "vary"), "accept-encoding");
        EXPECT_EQ(header_of(*answer, "etag").front(), '"');
    }
    EXPECT_NE(header_of(plain, "etag"), header_of(gzip, "etag"));
    EXPECT_NE(header_of(gzip, "etag"), header_of(brotli, "etag"));
}

TEST_F(serving, does_not_compress_what_would_not_shrink) {
    write("tiny.css", "p{}");
    write("photo.png", long_text);
    const auto tiny = ask("/tiny.css", {{"accept-encoding", "br"}});
    EXPECT_EQ(header_of(tiny, "content-encoding"), "(none)");
    const auto photo = ask("/photo.png", {{"accept-encoding", "br"}});
    EXPECT_EQ(header_of(photo, "content-encoding"), "(none)");
    EXPECT_EQ(header_of(photo, "vary"), "(none)");
}

TEST_F(serving, takes_the_owners_own_compressed_files_if_they_are_right) {
    const auto right = util::gzip(long_text, util::effort::quick);
    write("right.css", long_text);
    write("right.css.gz", right);
    write("stale.css", long_text);
    write("stale.css.gz", util::gzip("an older style", util::effort::quick));
    EXPECT_EQ(text_of(ask("/right.css", {{"accept-encoding", "gzip"}})), right);
    EXPECT_EQ(
        text_of(ask("/stale.css", {{"accept-encoding", "gzip"}})),
        util::gzip(long_text, util::effort::best)
    );
}

TEST_F(serving, tells_caches_how_long) {
    write("index.html", "x");
    write("app.3f9c2a71.js", "x");
    write("logo.png", "x");
    EXPECT_EQ(header_of(ask("/"), "cache-control"), "public, max-age=0, stale-if-error=86400");
    EXPECT_EQ(
        header_of(ask("/app.3f9c2a71.js"), "cache-control"), "public, max-age=31536000, immutable"
    );
    EXPECT_EQ(
        header_of(ask("/logo.png"), "cache-control"),
        "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400"
    );
}

TEST_F(serving, lends_scripts_to_other_sites_only_if_told_to) {
    write("palabre.js", "export {};");
    write("index.html", "x");
    EXPECT_EQ(header_of(ask("/palabre.js"), "access-control-allow-origin"), "(none)");
    site::options how;
    how.folder = folder_.path();
    how.scripts = site::script_sharing::any_page;
    site_.emplace(how);
    EXPECT_EQ(header_of(ask("/palabre.js"), "access-control-allow-origin"), "*");
    EXPECT_EQ(header_of(ask("/"), "access-control-allow-origin"), "(none)");
}

TEST_F(serving, protects_every_answer) {
    write("index.html", "x");
    const auto etag = header_of(ask("/"), "etag");
    for (const auto& answer :
         {ask("/"),
          ask("/nothing"),
          ask("/%00"),
          ask("/", {}, http::method::post),
          ask("/", {{"if-none-match", etag}})}) {
        EXPECT_EQ(
            header_of(answer, "content-security-policy"), site::default_content_security_policy
        );
        EXPECT_EQ(header_of(answer, "x-content-type-options"), "nosniff");
        EXPECT_EQ(header_of(answer, "referrer-policy"), "strict-origin-when-cross-origin");
        EXPECT_EQ(header_of(answer, "cross-origin-opener-policy"), "same-origin");
        EXPECT_NE(header_of(answer, "permissions-policy"), "(none)");
        EXPECT_EQ(header_of(answer, "strict-transport-security"), "(none)");
    }
    http::request asked;
    asked.path = "/";
    asked.secure = true;
    EXPECT_EQ(
        header_of(*site_->answer_at_once(asked), "strict-transport-security"), "max-age=3600"
    );
}

}  // namespace
}  // namespace palabre::test
