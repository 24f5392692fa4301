// SPDX-License-Identifier: Apache-2.0
#include "home/machine/rerenderer.hpp"

#include "service/rerender_comments.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

namespace palabre::machine {

rerenderer::rerenderer(comment_store& store)
    : thread_([&store](const std::stop_token& stop) {
          try {
              const auto count = rerender_comments(store, stop);
              if (count > 0)
                  fmt::print(stderr, "palabre: {} comments were rendered anew.\n", count);
          } catch (const std::exception& error) {
              // They are shown as they were; the next start tries again.
              fmt::print(stderr, "palabre: comments were not rendered anew: {}\n", error.what());
          }
      }) {}

}  // namespace palabre::machine
