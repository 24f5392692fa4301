// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "site/keeper.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palabre::site {

// Everything from our own origin, nothing inline, no frames around us, and markup only through the
// one policy that the widget declares. What a portfolio needs, and no attack has use for.
inline constexpr const char* default_content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types palabre";

// Who may load our scripts as modules, which browsers treat as a request across origins. Pages of
// other sites must, to show comments of ours.
enum class script_sharing { own_pages, any_page };

struct options {
    std::filesystem::path folder;
    std::string content_security_policy = default_content_security_policy;  // empty: none is sent
    std::int64_t hsts_s = 0;  // of Strict-Transport-Security, sent over TLS only; 0: not sent
    script_sharing scripts = script_sharing::own_pages;
    std::chrono::milliseconds look_every{2000};  // for changes on the disk; 0: only by rescan()
};

struct overview {
    std::size_t files = 0;
    std::uint64_t memory_bytes = 0;     // kept in memory, without compressed forms
    std::vector<std::string> left_out;  // one sentence for each entry that is not served
};

// Serves the files of a folder. Small ones from memory, compressed ahead; large ones from the
// disk, in parts if asked. Only what a scan of the folder found can be answered, so that no
// spelling of a path leads outside. See docs/guide/configuration.md for what is served and how.
class static_site final : public http::handler {
public:
    // Scans the folder. Throws std::filesystem::filesystem_error or std::runtime_error when it
    // cannot be read.
    explicit static_site(options how);

    // Everything but the content of large files.
    std::optional<http::response> answer_at_once(const http::request& asked) override;
    http::response handle(const http::request& asked) override;

    // Reads the folder again, now. Throws as the constructor does, and keeps what it had.
    void rescan() { keeper_.read_again(); }

    // Blocks until the compressed forms are ready; until then, files go out as they are.
    void wait_until_compressed() { keeper_.wait_until_compressed(); }

    [[nodiscard]] overview describe() const;

private:
    struct selection;
    enum class patience { none, may_block };

    std::optional<http::response> answer(const http::request& asked, patience how);
    std::optional<http::response> send(
        const http::request& asked, const selection& chosen, patience how
    );
    std::optional<http::response> not_found(
        const http::request& asked, const catalogue& shown, patience how
    );
    http::response short_answer(unsigned status, std::string_view text, bool secure) const;
    void add_common_headers(http::response& answer, bool secure) const;

    options options_;
    std::string hsts_;
    keeper keeper_;
};

}  // namespace palabre::site
