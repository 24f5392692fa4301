// SPDX-License-Identifier: Apache-2.0
#include "archive/part.hpp"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>
#include <vector>

namespace palabre::archive {
namespace {

// The level that zstd itself begins with.
constexpr int level = ZSTD_CLEVEL_DEFAULT;

bool is_compressed(const std::string& file) {
    return file.ends_with(".zst");
}

}  // namespace

struct part_writer::compressor {
    compressor() : context(ZSTD_createCCtx()), out(ZSTD_CStreamOutSize()) {
        if (context == nullptr) throw std::bad_alloc();
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    }
    compressor(const compressor&) = delete;
    compressor& operator=(const compressor&) = delete;
    ~compressor() { ZSTD_freeCCtx(context); }

    ZSTD_CCtx* context;
    std::vector<char> out;
};

part_writer::part_writer(std::string file, std::unique_ptr<blob_writer> to) : to_(std::move(to)) {
    if (is_compressed(file)) zstd_ = std::make_unique<compressor>();
    sums_.file = std::move(file);
}

part_writer::~part_writer() = default;

void part_writer::write(std::string_view content) {
    sums_.content_bytes += content.size();
    content_hash_.add(content);
    if (zstd_) {
        compress(content, more::yes);
    } else {
        store(content);
    }
}

void part_writer::compress(std::string_view content, more follows) {
    const auto how = follows == more::yes ? ZSTD_e_continue : ZSTD_e_end;
    ZSTD_inBuffer in{content.data(), content.size(), 0};
    std::size_t left = 0;
    do {
        ZSTD_outBuffer out{zstd_->out.data(), zstd_->out.size(), 0};
        left = ZSTD_compressStream2(zstd_->context, &out, &in, how);
        // Parameters and buffers are right, so only memory can lack.
        if (ZSTD_isError(left) != 0) throw std::bad_alloc();
        if (out.pos > 0) store({zstd_->out.data(), out.pos});
    } while (in.pos < in.size || (follows == more::no && left > 0));
}

void part_writer::store(std::string_view bytes) {
    sums_.bytes += bytes.size();
    hash_.add(bytes);
    to_->write(bytes);
}

part part_writer::finish(std::uint64_t count) {
    if (zstd_) compress({}, more::no);
    to_->commit();
    sums_.hash = hash_.finish();
    sums_.content_hash = content_hash_.finish();
    sums_.count = count;
    return sums_;
}

struct part_reader::decompressor {
    decompressor() : context(ZSTD_createDCtx()), in(ZSTD_DStreamInSize()) {
        if (context == nullptr) throw std::bad_alloc();
    }
    decompressor(const decompressor&) = delete;
    decompressor& operator=(const decompressor&) = delete;
    ~decompressor() { ZSTD_freeDCtx(context); }

    ZSTD_DCtx* context;
    std::vector<char> in;
    ZSTD_inBuffer waiting{nullptr, 0, 0};
    bool within_frame = true;  // nothing at all is no frame
};

part_reader::part_reader(part expected, std::unique_ptr<blob_reader> from)
    : expected_(std::move(expected)), from_(std::move(from)) {
    if (!from_) fail("is missing");
    if (is_compressed(expected_.file)) zstd_ = std::make_unique<decompressor>();
}

part_reader::~part_reader() = default;

void part_reader::fail(const std::string& what) const {
    throw archive_error(expected_.file + " " + what);
}

std::size_t part_reader::read(std::span<char> into) {
    if (ended_ || into.empty()) return 0;
    const auto got = zstd_ ? decompress(into) : load(into);
    if (got == 0) {
        check_sums();
        ended_ = true;
        return 0;
    }
    content_bytes_ += got;
    // A few bytes can unpack to terabytes; nobody waits for those.
    if (content_bytes_ > expected_.content_bytes) fail("holds more than its manifest says");
    content_hash_.add({into.data(), got});
    return got;
}

std::size_t part_reader::decompress(std::span<char> into) {
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos == 0) {
        auto& waiting = zstd_->waiting;
        if (waiting.pos == waiting.size) waiting = {zstd_->in.data(), load(zstd_->in), 0};
        const bool at_end = waiting.size == 0;
        if (at_end && !zstd_->within_frame) return 0;
        const auto left = ZSTD_decompressStream(zstd_->context, &out, &waiting);
        if (ZSTD_isError(left) != 0) {
            fail(fmt::format("is damaged ({})", ZSTD_getErrorName(left)));
        }
        zstd_->within_frame = left != 0;
        if (at_end && out.pos == 0) fail("ends too early");
    }
    return out.pos;
}

std::size_t part_reader::load(std::span<char> into) {
    const auto got = from_->read(into);
    bytes_ += got;
    if (bytes_ > expected_.bytes) fail("is longer than its manifest says");
    hash_.add({into.data(), got});
    return got;
}

void part_reader::check_sums() {
    if (bytes_ != expected_.bytes) {
        fail(fmt::format("has {} bytes, and its manifest says {}", bytes_, expected_.bytes));
    }
    if (hash_.finish() != expected_.hash) fail("is damaged (its SHA-256 is another)");
    if (content_bytes_ != expected_.content_bytes ||
        content_hash_.finish() != expected_.content_hash) {
        fail("does not hold what its manifest says");
    }
}

}  // namespace palabre::archive
