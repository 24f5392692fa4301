// SPDX-License-Identifier: Apache-2.0
#pragma once

// The class of CLI11 that commands add their words to, named without the library's long headers.
// NOLINTBEGIN(readability-identifier-naming): its own names.
namespace CLI {
class App;
}
// NOLINTEND(readability-identifier-naming)
