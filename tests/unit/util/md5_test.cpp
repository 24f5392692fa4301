// SPDX-License-Identifier: Apache-2.0
#include "util/md5.hpp"

#include "util/sha256.hpp"

#include <gtest/gtest.h>

namespace palabre::util {
namespace {

// RFC 1321, A.5.
TEST(md5, gives_the_published_sums) {
    EXPECT_EQ(to_hex(md5("")), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(to_hex(md5("message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
    md5_stream parts;
    parts.add("message ");
    parts.add("");
    parts.add("digest");
    EXPECT_EQ(parts.finish(), md5("message digest"));
}

}  // namespace
}  // namespace palabre::util
