// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/s3_store.hpp"

#include "blob/s3/copy_object.hpp"
#include "blob/s3/upload.hpp"
#include "ports/blob_name.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace palabre::blob {
namespace {

std::uint32_t crc32_of(std::uint32_t before, std::string_view bytes) {
    const auto* start = reinterpret_cast<const Bytef*>(bytes.data());
    return static_cast<std::uint32_t>(::crc32_z(before, start, bytes.size()));
}

class object_writer final : public blob_writer {
public:
    object_writer(bucket& to, std::string key, const s3_limits& limits)
        : to_(to), key_(std::move(key)), limits_(limits) {}

    void write(std::string_view bytes) override {
        while (!bytes.empty()) {
            // Not before there is more: what fits into one request is written by one.
            if (part_.size() == limits_.part_bytes) send_part();
            const auto some = bytes.substr(0, limits_.part_bytes - part_.size());
            part_.append(some);
            bytes.remove_prefix(some.size());
        }
    }

    void commit() override {
        if (!upload_) {
            const auto crc = crc32_of(0, part_);
            return to_.put(key_, std::move(part_), crc);
        }
        send_part();
        upload_->complete(crc_);
        upload_.reset();
    }

private:
    void send_part() {
        if (!upload_) upload_.emplace(to_, key_);
        if (upload_->parts() == limits_.parts_max) {
            throw blob_error(fmt::format(
                "{} is longer than {} parts of {} bytes, the most that is written to S3",
                key_,
                limits_.parts_max,
                limits_.part_bytes
            ));
        }
        crc_ = crc32_of(crc_, part_);
        const auto crc = crc32_of(0, part_);
        upload_->add(std::exchange(part_, {}), crc);
    }

    bucket& to_;
    const std::string key_;
    const s3_limits limits_;
    std::string part_;
    std::uint32_t crc_ = 0;  // of the parts that were sent
    std::optional<upload> upload_;
};

class object_reader final : public blob_reader {
public:
    object_reader(bucket& from, std::string key, object_piece first, std::size_t piece_bytes)
        : from_(from),
          key_(std::move(key)),
          whole_(std::move(first.whole)),
          piece_(std::move(first.bytes)),
          piece_bytes_(piece_bytes) {
        count(piece_);
    }

    std::size_t read(std::span<char> into) override {
        if (used_ == piece_.size()) next_piece();
        const auto size = std::min(into.size(), piece_.size() - used_);
        std::memcpy(into.data(), piece_.data() + used_, size);
        used_ += size;
        return size;
    }

private:
    void next_piece() {
        if (begin_ == whole_.bytes) return;
        auto next = from_.get(key_, begin_, piece_bytes_, whole_.etag);
        if (!next) throw blob_error(fmt::format("{} was removed while it was read", key_));
        piece_ = std::move(next->bytes);
        used_ = 0;
        count(piece_);
    }

    // An answer without a byte would be taken for the end.
    void count(std::string_view bytes) {
        begin_ += bytes.size();
        crc_ = crc32_of(crc_, bytes);
        const bool right_size = begin_ == whole_.bytes || (begin_ < whole_.bytes && !bytes.empty());
        if (!right_size) throw blob_error(fmt::format("{} came with other bytes than asked", key_));
        if (begin_ == whole_.bytes && whole_.crc32 && *whole_.crc32 != crc_) {
            throw blob_error(fmt::format("{} was damaged on its way from S3", key_));
        }
    }

    bucket& from_;
    const std::string key_;
    const object_facts whole_;
    std::string piece_;
    const std::size_t piece_bytes_;
    std::size_t used_ = 0;     // of the piece
    std::uint64_t begin_ = 0;  // of the piece that comes next
    std::uint32_t crc_ = 0;
};

std::string folder_of(std::string_view name) {
    return std::string(name) + "/";
}

}  // namespace

s3_store::s3_store(bucket& in, std::string prefix, const s3_limits& limits)
    : in_(in), prefix_(std::move(prefix)), limits_(limits) {}

std::string s3_store::key_of(std::string_view name) const {
    if (!is_blob_name(name)) throw blob_error("no name for a blob: " + std::string(name));
    return prefix_ + std::string(name);
}

std::unique_ptr<blob_writer> s3_store::put(std::string_view name) {
    return std::make_unique<object_writer>(in_, key_of(name), limits_);
}

std::unique_ptr<blob_reader> s3_store::get(std::string_view name) {
    auto key = key_of(name);
    auto first = in_.get(key, 0, limits_.piece_bytes, "");
    if (!first) return nullptr;
    if (!first->whole.crc32 && first->bytes.size() < first->whole.bytes) {
        // For a part of an object S3 does not say the sum of all.
        const auto facts = in_.head(key);
        if (facts && facts->etag == first->whole.etag) first->whole.crc32 = facts->crc32;
    }
    return std::make_unique<object_reader>(
        in_, std::move(key), *std::move(first), limits_.piece_bytes
    );
}

std::vector<listed_object> s3_store::objects_with(const std::string& key_prefix) {
    std::vector<listed_object> all;
    listing page;
    do {
        page = in_.list(key_prefix, page.next, limits_.page_keys);
        for (auto& each : page.objects) {
            const auto name = std::string_view(each.key).substr(prefix_.size());
            if (is_blob_name(name)) all.push_back(std::move(each));
        }
    } while (!page.next.empty());
    return all;
}

std::vector<blob_entry> s3_store::list(std::string_view prefix) {
    std::vector<blob_entry> found;
    for (const auto& each : objects_with(prefix_ + std::string(prefix)))
        found.push_back({each.key.substr(prefix_.size()), each.bytes});
    std::ranges::sort(found, {}, &blob_entry::name);
    return found;
}

void s3_store::move(std::string_view from, std::string_view to, std::string_view last) {
    const auto source = folder_of(key_of(from));
    const auto target = folder_of(key_of(to));
    if (!in_.list(target, "", 1).objects.empty()) {
        throw blob_error(fmt::format("s3://{}/{} is there already", in_.name(), target));
    }
    auto all = objects_with(source);
    if (all.empty()) throw blob_error(fmt::format("s3://{}/{} holds nothing", in_.name(), source));
    const auto is_last = [&](const listed_object& each) {
        return each.key == source + std::string(last);
    };
    std::ranges::partition(all, std::not_fn(is_last));
    for (const auto& each : all)
        copy_object(in_, target + each.key.substr(source.size()), in_.name(), each, limits_);
    remove(from, last);
}

void s3_store::remove(std::string_view name, std::string_view first) {
    const auto folder = folder_of(key_of(name));
    auto all = objects_with(folder);
    const auto is_first = [&](const listed_object& each) {
        return each.key == folder + std::string(first);
    };
    std::ranges::partition(all, is_first);
    for (const auto& each : all)
        in_.remove(each.key);
}

}  // namespace palabre::blob
