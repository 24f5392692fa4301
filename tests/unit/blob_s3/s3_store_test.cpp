// SPDX-License-Identifier: Apache-2.0
#include "blob/s3/s3_store.hpp"

#include "contract/blob_store_suite.hpp"
#include "support/s3_ground.hpp"

namespace palabre::contract {
namespace {

made_blobs make_s3_store(const std::string& prefix) {
    std::shared_ptr<test::s3_ground> ground = test::new_bucket();
    auto store = std::make_unique<blob::s3_store>(ground->bucket(), prefix);
    return {std::move(ground), std::move(store)};
}

INSTANTIATE_TEST_SUITE_P(
    s3,
    blob_store_suite,
    testing::Values(
        blob_case{"whole_bucket", [] { return make_s3_store(""); }, 40},
        blob_case{"below_a_prefix", [] { return make_s3_store("some/prefix/"); }, 40}
    ),
    testing::PrintToStringParamName()
);

}  // namespace
}  // namespace palabre::contract

namespace palabre::blob {
namespace {

using contract::get_blob;
using contract::put_blob;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

constexpr std::size_t mib = std::size_t{1024} * 1024;

// As small as S3 takes them.
constexpr s3_limits small{
    .part_bytes = 5 * mib,
    .parts_max = 3,
    .piece_bytes = 3 * mib,
    .copy_bytes_max = 6 * mib,
    .copy_part_bytes = 5 * mib,
    .page_keys = 3,
};

std::string noise(std::size_t size) {
    std::string made(size, '\0');
    std::uint32_t state = 1;
    for (char& c : made) {
        state = state * 1'664'525U + 1'013'904'223U;
        c = static_cast<char>(state >> 24U);
    }
    return made;
}

std::string read_all(blob_reader& from) {
    std::string all;
    std::string some(mib, '\0');
    while (const auto got = from.read(some))
        all.append(some, 0, got);
    return all;
}

class s3_stores : public ::testing::Test {
protected:
    // What is there, and what is begun and not ended.
    std::string uploads_under_way() {
        aws::request asked;
        asked.method = "GET";
        asked.query = "uploads=";
        return ground_->client().call(asked, bucket::usual_deadlines()()).body;
    }
    std::vector<std::string> keys() {
        std::vector<std::string> all;
        for (const auto& each : ground_->bucket().list("", "", 1000).objects)
            all.push_back(each.key);
        return all;
    }

    std::unique_ptr<test::s3_ground> ground_ = test::new_bucket();
    s3_store store_{ground_->bucket(), "at/", small};
};

TEST_F(s3_stores, writes_long_blobs_in_parts_and_reads_them_in_pieces) {
    const auto bytes = noise(12 * mib + 5);
    put_blob(store_, "long", bytes);
    const auto head = ground_->bucket().head("at/long");
    ASSERT_TRUE(head);
    EXPECT_THAT(head->etag, HasSubstr("-3\""));
    EXPECT_TRUE(head->crc32);
    EXPECT_EQ(head->bytes, bytes.size());
    EXPECT_TRUE(read_all(*store_.get("long")) == bytes);
    EXPECT_THAT(uploads_under_way(), testing::Not(HasSubstr("<Upload>")));
}

TEST_F(s3_stores, write_what_fits_into_one_part_by_one_request) {
    put_blob(store_, "fits", noise(5 * mib));
    EXPECT_THAT(ground_->bucket().head("at/fits")->etag, testing::Not(HasSubstr("-")));
}

TEST_F(s3_stores, leave_nothing_of_a_long_blob_that_is_dropped) {
    {
        const auto writer = store_.put("long");
        writer->write(noise(11 * mib));
        EXPECT_THAT(uploads_under_way(), HasSubstr("<Key>at/long</Key>"));
    }
    EXPECT_THAT(uploads_under_way(), testing::Not(HasSubstr("<Key>at/long</Key>")));
    EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(s3_stores, refuse_blobs_of_too_many_parts) {
    const auto writer = store_.put("long");
    writer->write(noise(15 * mib));
    const auto too_much = [&] {
        writer->write(noise(5 * mib));
        writer->commit();
    };
    EXPECT_THAT(too_much, ThrowsMessage<blob_error>(HasSubstr("longer than 3 parts")));
}

TEST_F(s3_stores, notice_that_a_blob_was_replaced_while_it_was_read) {
    const auto bytes = noise(7 * mib);
    put_blob(store_, "long", bytes);
    const auto reader = store_.get("long");
    std::string some(3 * mib, '\0');
    EXPECT_EQ(reader->read(some), some.size());
    put_blob(store_, "long", noise(8 * mib));
    EXPECT_THAT(
        [&] { read_all(*reader); },
        ThrowsMessage<blob_error>(HasSubstr("at/long was replaced while it was read"))
    );
}

TEST_F(s3_stores, notice_that_a_blob_was_removed_while_it_was_read) {
    put_blob(store_, "folder/long", noise(7 * mib));
    const auto reader = store_.get("folder/long");
    store_.remove("folder", "long");
    EXPECT_THAT(
        [&] { read_all(*reader); }, ThrowsMessage<blob_error>(HasSubstr("was removed while"))
    );
}

TEST_F(s3_stores, list_more_than_a_page) {
    for (int i = 0; i < 8; ++i)
        put_blob(store_, "a/" + std::to_string(i), std::string(i, 'x'));
    const auto all = store_.list("a/");
    ASSERT_EQ(all.size(), 8U);
    EXPECT_EQ(all[7], (blob_entry{"a/7", 7}));
    store_.remove("a", "0");
    EXPECT_THAT(store_.list(""), IsEmpty());
}

TEST_F(s3_stores, move_what_is_too_long_for_one_copy_in_parts) {
    const auto bytes = noise(7 * mib);
    put_blob(store_, "new/long", bytes);
    put_blob(store_, "new/short", "x");
    store_.move("new", "done", "short");
    EXPECT_THAT(keys(), ElementsAre("at/done/long", "at/done/short"));
    EXPECT_TRUE(read_all(*store_.get("done/long")) == bytes);
    EXPECT_THAT(ground_->bucket().head("at/done/long")->etag, HasSubstr("-2\""));
}

TEST_F(s3_stores, neither_list_nor_touch_what_is_not_theirs) {
    auto& bucket = ground_->bucket();
    bucket.put("at/odd name+é", "x", 0x8cdc1683U);
    bucket.put("atelier/a", "x", 0x8cdc1683U);
    put_blob(store_, "a", "x");
    EXPECT_THAT(store_.list(""), ElementsAre(blob_entry{"a", 1}));
    EXPECT_THAT(keys(), ElementsAre("at/a", "at/odd name+é", "atelier/a"));
    EXPECT_EQ(bucket.get("at/odd name+é", 0, 10, "")->bytes, "x");
}

}  // namespace
}  // namespace palabre::blob
