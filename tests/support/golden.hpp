// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/handler.hpp"
#include "support/asking.hpp"

#include <boost/json/array.hpp>

#include <string>

namespace palabre::test {

// contract/golden/*.json: requests in order, each with the answer that every home and every store
// must give. Written so that a person can read them: see contract/golden/README.md.
[[nodiscard]] boost::json::array read_golden(const std::string& name);

// Runs one entry and says in words where the answer differs; empty when it does not.
[[nodiscard]] std::string difference(http::handler& app, const boost::json::value& entry);

// The answer as an entry states it, for writing new entries.
[[nodiscard]] boost::json::value answer_to(http::handler& app, const boost::json::value& entry);

}  // namespace palabre::test
