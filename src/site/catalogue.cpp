// SPDX-License-Identifier: Apache-2.0
#include "site/catalogue.hpp"

#include "http/conditional.hpp"
#include "site/file.hpp"
#include "site/http_date.hpp"
#include "site/unpack.hpp"
#include "util/compress.hpp"
#include "util/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <tuple>

namespace palabre::site {
namespace {

// A page is asked for anew each time, which costs a 304 while nothing changed: a reader sees an
// edit at once, and never a page whose scripts are gone. Unlike `no-cache`, max-age=0 lets a cache
// in front of us show its copy when we are down.
constexpr std::string_view for_pages = "public, max-age=0, stale-if-error=86400";
constexpr std::string_view for_fingerprinted = "public, max-age=31536000, immutable";
constexpr std::string_view for_others =
    "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400";

// Brotli's best takes half a second for this much; above, its quick level is good enough.
constexpr std::size_t best_effort_bytes_max = 256 * 1024;

std::string_view cache_control_of(std::string_view name, const media_type& type) {
    if (type.content_type.starts_with("text/html")) return for_pages;
    return is_fingerprinted(name) ? for_fingerprinted : for_others;
}

std::string_view name_of_file(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

// A file that is read from the disk is not hashed: a site may hold films. Its size and its time of
// change in nanoseconds tell its versions apart.
std::string etag_of_stamp(const file_stamp& stamp) {
    return fmt::format("\"{:x}-{:x}\"", stamp.modified_ns, stamp.size);
}

class builder {
public:
    builder(tree found, const catalogue* previous) : previous_(previous) {
        built_.left_out = std::move(found.left_out);
        built_.files = std::move(found.files);
    }

    catalogue build() {
        for (const auto& file : built_.files)
            by_path_.emplace(file.path, &file);
        for (const auto* file : smallest_first())
            add(*file);
        return std::move(built_);
    }

private:
    std::vector<const found_file*> smallest_first() const {
        std::vector<const found_file*> order;
        order.reserve(built_.files.size());
        for (const auto& file : built_.files)
            order.push_back(&file);
        std::ranges::sort(order, {}, [](const auto* file) {
            return std::tie(file->stamp.size, file->path);
        });
        return order;
    }

    void add(const found_file& file) {
        std::shared_ptr<const asset> made;
        try {
            made = reuse(file);
            if (!made) made = read(file);
        } catch (const std::system_error& error) {
            built_.left_out.push_back(fmt::format(
                "{} is not served: it cannot be read ({}).", file.path, error.code().message()
            ));
            return;
        }
        if (made->bytes) built_.memory_bytes += made->bytes->size();
        if (name_of_file(file.path) == "index.html") {
            built_.assets.emplace(file.path.substr(0, file.path.rfind('/') + 1), made);
        }
        built_.assets.emplace(file.path, std::move(made));
    }

    std::shared_ptr<const asset> reuse(const found_file& file) const {
        auto known = previous_ ? previous_->find(file.path) : nullptr;
        const bool same = known && known->from.stamp == file.stamp &&
                          known->gzip_sibling == stamp_at(file.path + ".gz") &&
                          known->brotli_sibling == stamp_at(file.path + ".br") &&
                          (known->bytes != nullptr) == fits(known->type, known->size());
        return same ? known : nullptr;
    }

    std::shared_ptr<const asset> read(const found_file& file) const {
        asset made;
        made.from = file;
        made.gzip_sibling = stamp_at(file.path + ".gz");
        made.brotli_sibling = stamp_at(file.path + ".br");
        made.type = media_type_of(name_of_file(file.path));
        made.cache_control = cache_control_of(name_of_file(file.path), made.type);
        made.modified_at_s = file.stamp.modified_ns / 1'000'000'000;
        made.last_modified = to_http_date(made.modified_at_s);
        made.etag = etag_of_stamp(file.stamp);
        const auto opened = open_found(file);
        if (fits(made.type, file.stamp.size)) hold(made, read_whole(*opened, file.stamp.size));
        return std::make_shared<const asset>(std::move(made));
    }

    bool fits(const media_type& type, std::uint64_t size) const {
        const auto limit = type.when_compressed == shrinks::yes ? compressible_file_bytes_max
                                                                : small_file_bytes_max;
        return size <= limit && built_.memory_bytes + size <= memory_bytes_max;
    }

    void hold(asset& made, std::string bytes) const {
        const auto fingerprint = http::fingerprint_of(bytes);
        made.etag = http::make_etag(fingerprint, http::encoding::identity);
        made.bytes = std::make_shared<const std::string>(std::move(bytes));
        if (auto packed = read_sibling(made, ".gz"); packed && gunzips_to(*packed, *made.bytes)) {
            made.gzip = {http::make_etag(fingerprint, http::encoding::gzip), share(*packed)};
        }
        if (auto packed = read_sibling(made, ".br"); packed && unbrotlis_to(*packed, *made.bytes)) {
            made.brotli = {http::make_etag(fingerprint, http::encoding::brotli), share(*packed)};
        }
    }

    static std::shared_ptr<const std::string> share(std::string& bytes) {
        return std::make_shared<const std::string>(std::move(bytes));
    }

    // Only one that is smaller is worth its place.
    std::optional<std::string> read_sibling(const asset& of, std::string_view suffix) const {
        const auto found = by_path_.find(of.from.path + std::string(suffix));
        if (found == by_path_.end() || found->second->stamp.size >= of.size()) return std::nullopt;
        const auto opened = open_found(*found->second);
        return read_whole(*opened, found->second->stamp.size);
    }

    std::optional<file_stamp> stamp_at(const std::string& path) const {
        const auto found = by_path_.find(path);
        if (found == by_path_.end()) return std::nullopt;
        return found->second->stamp;
    }

    const catalogue* previous_;
    catalogue built_;
    std::unordered_map<std::string_view, const found_file*> by_path_;
};

// Compression that gains nothing is not worth the client's work.
std::optional<held_bytes> keep_if_smaller(
    const asset& plain, std::string packed, http::encoding how
) {
    if (packed.size() >= plain.bytes->size()) return std::nullopt;
    packed.shrink_to_fit();
    return held_bytes{
        http::make_etag(http::fingerprint_of(*plain.bytes), how),
        std::make_shared<const std::string>(std::move(packed))
    };
}

}  // namespace

std::shared_ptr<const asset> catalogue::find(std::string_view path) const {
    const auto found = assets.find(path);
    return found == assets.end() ? nullptr : found->second;
}

bool catalogue::is_folder(std::string_view path) const {
    std::string index(path);
    index += '/';
    return assets.contains(index);
}

catalogue build_catalogue(tree found, const catalogue* previous) {
    return builder(std::move(found), previous).build();
}

std::shared_ptr<const asset> compress(const asset& plain) {
    auto packed = std::make_shared<asset>(plain);
    packed->compression_tried = true;
    const auto effort =
        plain.bytes->size() <= best_effort_bytes_max ? util::effort::best : util::effort::quick;
    if (!plain.brotli) {
        packed->brotli =
            keep_if_smaller(plain, util::brotli(*plain.bytes, effort), http::encoding::brotli);
    }
    if (!plain.gzip) {
        packed->gzip =
            keep_if_smaller(plain, util::gzip(*plain.bytes, effort), http::encoding::gzip);
    }
    return packed;
}

}  // namespace palabre::site
