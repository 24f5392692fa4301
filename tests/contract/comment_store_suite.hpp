// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every comment store must do. A store joins with three lines in its test program:
//
//     #include "contract/comment_store_suite.hpp"
//     INSTANTIATE_TEST_SUITE_P(name, palabre::contract::comment_store_suite,
//         testing::Values(palabre::contract::store_case{"name", make_empty_store}));
//
// Include it in one source of the program only.
#include "contract/comment_store/counts.hpp"
#include "contract/comment_store/decisions.hpp"
#include "contract/comment_store/keys.hpp"
#include "contract/comment_store/observer.hpp"
#include "contract/comment_store/pages.hpp"
#include "contract/comment_store/posts.hpp"
#include "contract/comment_store/rendering.hpp"
#include "contract/comment_store/retries.hpp"
#include "contract/comment_store/threads.hpp"
#include "contract/comment_store/vocabulary.hpp"
