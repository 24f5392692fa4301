// SPDX-License-Identifier: Apache-2.0
// Apart from site.cpp, so that whoever only wants the rule links no libarchive.
#include "archive/site.hpp"

namespace palabre::archive {

std::string_view find_path_problem(std::string_view path) noexcept {
    if (path.size() > site_path_bytes_max) return "is too long";
    if (path.find('\0') != path.npos) return "holds a zero byte";
    for (;;) {
        const auto slash = path.find('/');
        const auto name = path.substr(0, slash);
        if (name.empty()) return "is absolute, or has an empty part";
        if (name == "." || name == "..") return "leads elsewhere";
        if (slash == path.npos) return {};
        path.remove_prefix(slash + 1);
    }
}

}  // namespace palabre::archive
