// SPDX-License-Identifier: Apache-2.0
#include "site/static_site.hpp"

#include "http/negotiate.hpp"
#include "site/file.hpp"
#include "site/precondition.hpp"
#include "site/range.hpp"
#include "site/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace palabre::site {
namespace {

// What logs and metrics call every answer of ours; paths would be as many as readers can invent.
constexpr std::string_view route = "site";

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string where_folder_is(const http::request& asked, std::string_view path) {
    // From the decoded path, which begins with exactly one slash: "//elsewhere" would be a host.
    auto location = encode_target(path) + "/";
    if (!asked.query.empty() && is_printable(asked.query)) location.append("?").append(asked.query);
    return location;
}

}  // namespace

// One file in one encoding.
struct static_site::selection {
    std::shared_ptr<const asset> file;
    http::encoding coding;
    const std::string* etag;
    const std::shared_ptr<const std::string>* bytes;  // null inside for what is on the disk
    unsigned status = 200;

    selection(std::shared_ptr<const asset> chosen, const http::request& asked)
        : file(std::move(chosen)),
          coding(http::choose_among(
              asked.header("accept-encoding"), {file->gzip.has_value(), file->brotli.has_value()}
          )),
          etag(&file->etag),
          bytes(&file->bytes) {
        if (coding == http::encoding::identity) return;
        const auto& held = coding == http::encoding::gzip ? file->gzip : file->brotli;
        etag = &held->etag;
        bytes = &held->bytes;
    }

    [[nodiscard]] std::uint64_t size() const { return *bytes ? (*bytes)->size() : file->size(); }

    [[nodiscard]] http::response_body part(const byte_range& range) const {
        if (*bytes) {
            return http::shared_bytes{
                *bytes, std::string_view(**bytes).substr(range.first, range.length)
            };
        }
        return http::file_part{open_unchanged(file->from), range.first, range.length};
    }

    void add_headers(http::response& answer) const {
        answer.set("etag", *etag);
        answer.set("last-modified", file->last_modified);
        answer.set("cache-control", std::string(file->cache_control));
        if (file->type.when_compressed == shrinks::yes) answer.set("vary", "accept-encoding");
    }

    // A range means nothing but for GET.
    [[nodiscard]] range_answer asked_part(const http::request& asked) const {
        const auto wish = asked.header("range");
        if (!wish || asked.verb != http::method::get || !may_send_range(asked, *etag)) {
            return whole_answer{};
        }
        return find_range(*wish, size());
    }

    void fill(http::response& answer, const range_answer& asked_for) const {
        add_content_headers(answer);
        const auto* range = std::get_if<byte_range>(&asked_for);
        if (!range) {
            answer.body = part({0, size()});
            return;
        }
        answer.status = 206;
        const auto last = range->first + range->length - 1;
        answer.set("content-range", fmt::format("bytes {}-{}/{}", range->first, last, size()));
        answer.body = part(*range);
    }

    void add_content_headers(http::response& answer) const {
        answer.set("content-type", std::string(file->type.content_type));
        if (coding != http::encoding::identity) {
            answer.set("content-encoding", std::string(http::name_of(coding)));
        }
    }
};

static_site::static_site(options how)
    : options_(std::move(how)),
      hsts_(options_.hsts_s > 0 ? fmt::format("max-age={}", options_.hsts_s) : ""),
      keeper_(options_.folder, options_.look_every) {}

std::optional<http::response> static_site::answer_at_once(const http::request& asked) {
    return answer(asked, patience::none);
}

http::response static_site::handle(const http::request& asked) {
    try {
        if (auto given = answer(asked, patience::may_block)) return std::move(*given);
    } catch (const std::system_error&) {
        // The file was replaced after the last look at the folder. See it as it is now.
    }
    try {
        rescan();
        if (auto given = answer(asked, patience::may_block)) return std::move(*given);
    } catch (const std::exception&) {
        // It changes all the time, or the folder is away.
    }
    auto unwell = short_answer(503, "The file cannot be read just now.\n", asked.secure);
    unwell.set("retry-after", "2");
    return unwell;
}

overview static_site::describe() const {
    const auto shown = keeper_.current();
    return {shown->files.size(), shown->memory_bytes, shown->left_out};
}

std::optional<http::response> static_site::answer(const http::request& asked, patience how) {
    if (asked.verb != http::method::get && asked.verb != http::method::head) {
        auto refused = short_answer(405, "Files can be read only.\n", asked.secure);
        refused.set("allow", "GET, HEAD");
        return refused;
    }
    const auto path = decode_target(asked.path);
    if (!path) return short_answer(400, "No file can have this address.\n", asked.secure);
    const auto shown = keeper_.current();
    if (auto file = shown->find(*path)) return send(asked, selection(std::move(file), asked), how);
    if (shown->is_folder(*path)) {
        auto moved = short_answer(308, "", asked.secure);
        moved.set("location", where_folder_is(asked, *path));
        moved.set("cache-control", "public, max-age=300");
        return moved;
    }
    return not_found(asked, *shown, how);
}

std::optional<http::response> static_site::send(
    const http::request& asked, const selection& chosen, patience how
) {
    http::response answer;
    answer.route = route;
    chosen.add_headers(answer);
    add_common_headers(answer, asked.secure);
    const bool is_script = chosen.file->type.content_type.starts_with("text/javascript");
    if (is_script && options_.scripts == script_sharing::any_page) {
        answer.set("access-control-allow-origin", "*");
    }
    const auto verdict = evaluate(asked, *chosen.etag, chosen.file->modified_at_s);
    if (verdict != precondition::proceed) {
        answer.status = verdict == precondition::not_modified ? 304 : 412;
        return answer;
    }
    answer.set("accept-ranges", "bytes");
    const auto part = chosen.asked_part(asked);
    if (std::holds_alternative<not_satisfiable>(part)) {
        answer.status = 416;
        answer.set("content-range", fmt::format("bytes */{}", chosen.size()));
        return answer;
    }
    if (!*chosen.bytes && how == patience::none) return std::nullopt;
    chosen.fill(answer, part);
    return answer;
}

std::optional<http::response> static_site::not_found(
    const http::request& asked, const catalogue& shown, patience how
) {
    auto page = shown.find("/404.html");
    if (!page) return short_answer(404, "There is no page at this address.\n", asked.secure);
    const selection chosen(std::move(page), asked);
    if (!*chosen.bytes && how == patience::none) return std::nullopt;
    http::response answer;
    answer.status = 404;
    answer.route = route;
    chosen.add_content_headers(answer);
    answer.set("vary", "accept-encoding");
    // A page that is missing now may be published in a minute.
    answer.set("cache-control", "no-cache");
    add_common_headers(answer, asked.secure);
    answer.body = chosen.part({0, chosen.size()});
    return answer;
}

http::response static_site::short_answer(unsigned status, std::string_view text, bool secure)
    const {
    http::response answer;
    answer.status = status;
    answer.route = route;
    if (!text.empty()) {
        answer.set("content-type", "text/plain; charset=utf-8");
        answer.set("cache-control", "no-cache");
    }
    add_common_headers(answer, secure);
    answer.body = std::string(text);
    return answer;
}

// On 304 too: a browser takes headers of a 304 over, so a new policy reaches old copies.
void static_site::add_common_headers(http::response& answer, bool secure) const {
    if (!options_.content_security_policy.empty()) {
        answer.set("content-security-policy", options_.content_security_policy);
    }
    answer.set("x-content-type-options", "nosniff");
    answer.set("referrer-policy", "strict-origin-when-cross-origin");
    answer.set(
        "permissions-policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    );
    answer.set("cross-origin-opener-policy", "same-origin");
    if (secure && !hsts_.empty()) answer.set("strict-transport-security", hsts_);
}

}  // namespace palabre::site
