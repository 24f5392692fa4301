// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/client.hpp"
#include "blob/s3/answers.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palabre::blob {

// What is known of an object without its bytes.
struct object_facts {
    std::uint64_t bytes = 0;
    std::string etag;                    // with its quotes
    std::optional<std::uint32_t> crc32;  // of the whole object; none when S3 does not know it
};

// Some bytes of an object.
struct object_piece {
    std::string bytes;
    object_facts whole;
};

struct finished_part {
    std::string etag;
    std::string crc32;  // as the header has it; empty for parts that were copied
};

// The calls of S3 that we make about one bucket, each of them one request that may be made twice.
// Every member throws blob_error with a sentence's clause: what could not be done, and why. Safe
// from any thread.
class bucket {
public:
    using clock = aws::client::clock;

    // By when a call that begins now must have ended.
    using deadlines = std::function<clock::time_point()>;

    // A part of 8 MiB takes that long at a tenth of the speed of a poor line.
    static constexpr std::chrono::seconds call_time_max{60};
    [[nodiscard]] static deadlines usual_deadlines();

    // `by` calls the bucket (s3_place.hpp), and outlives this.
    bucket(std::string name, std::string region, aws::client& by, deadlines until);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    // In one request; of `crc` S3 knows, and refuses other bytes.
    void put(const std::string& key, std::string bytes, std::uint32_t crc);

    // At most `size` bytes from `from` on, which lies within the object or is 0; of an object of
    // that ETag, unless it is empty. None when there is no such object.
    [[nodiscard]] std::optional<object_piece> get(
        const std::string& key, std::uint64_t from, std::size_t size, const std::string& etag
    );
    [[nodiscard]] std::optional<object_facts> head(const std::string& key);

    // One page of the keys that begin with `prefix`, in bytewise order, after what an earlier one
    // said is next.
    [[nodiscard]] listing list(
        const std::string& prefix, const std::string& next, std::size_t keys_max
    );

    // Within S3, from a bucket that may be another; the source must have that ETag still. At most
    // 5 GiB.
    void copy(
        const std::string& from_bucket,
        const std::string& from_key,
        const std::string& etag,
        const std::string& to_key
    );
    void remove(const std::string& key);

    // An object in parts. Until it is completed nobody sees it.
    [[nodiscard]] std::string begin_upload(const std::string& key);
    [[nodiscard]] finished_part put_part(
        const std::string& key,
        const std::string& upload,
        std::size_t number,
        std::string bytes,
        std::uint32_t crc
    );
    [[nodiscard]] finished_part copy_part(
        const std::string& key,
        const std::string& upload,
        std::size_t number,
        const std::string& from_bucket,
        const std::string& from_key,
        const object_facts& of,
        std::uint64_t from,
        std::uint64_t size
    );
    // `crc` is that of the whole object; none after copy_part, where nobody here saw the bytes.
    void complete_upload(
        const std::string& key,
        const std::string& upload,
        const std::vector<finished_part>& parts,
        std::optional<std::uint32_t> crc
    );
    void abort_upload(const std::string& key, const std::string& upload);

private:
    // One call, in the words of its failure.
    struct task {
        std::string failed;      // "cannot write a/b"
        std::string_view right;  // that it wants, as IAM names it
    };
    [[nodiscard]] aws::response call(const aws::request& asked, const task& doing);
    [[nodiscard]] aws::response call_until_done(const aws::request& asked, const task& doing);
    [[noreturn]] void fail(const aws::response& answer, const task& doing) const;

    const std::string name_;
    const std::string region_;
    aws::client& by_;
    const deadlines until_;
};

}  // namespace palabre::blob
