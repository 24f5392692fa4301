// SPDX-License-Identifier: Apache-2.0
#include "core/failure.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace palabre {
namespace {

std::string contract() {
    std::ifstream file(PALABRE_SOURCE_DIR "/contract/openapi.yaml");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// Names are promises: each stands in the contract, where clients read them.
TEST(failure, has_names_that_stand_in_the_contract) {
    const std::string text = contract();
    for (int i = 0; i <= static_cast<int>(errc::internal_error); ++i) {
        const auto name = std::string(name_of(static_cast<errc>(i)));
        EXPECT_NE(text.find("urn:palabre:problem:" + name + "\n"), std::string::npos) << name;
    }
    for (int i = 0; i <= static_cast<int>(field_problem::invisible); ++i) {
        const auto name = std::string(name_of(static_cast<field_problem>(i)));
        EXPECT_NE(text.find(name), std::string::npos) << name;
    }
    for (int i = 0; i <= static_cast<int>(field::parent_id); ++i) {
        const auto name = std::string(name_of(static_cast<field>(i)));
        EXPECT_NE(text.find(name + ":"), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace palabre
