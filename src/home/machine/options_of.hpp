// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/settings.hpp"
#include "home/rules/rules_of.hpp"
#include "runtime/server/options.hpp"
#include "site/static_site.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>

namespace palabre::machine {

// From what an owner chose to what each part wants. Settings are taken to be right, as config::load
// gives them.

using home::limits_of;
using home::post_quotas_of;
using home::rules_of;

// Of one client; one that limits nothing when that is off.
[[nodiscard]] guard::quota request_quota_of(const config::settings& chosen);

[[nodiscard]] std::size_t cache_bytes_of(const config::settings& chosen);
[[nodiscard]] std::filesystem::path data_folder_of(const config::settings& chosen);
[[nodiscard]] std::filesystem::path database_of(const config::settings& chosen);
// Made when there is none: see system/random_bytes.hpp.
[[nodiscard]] std::filesystem::path edit_secret_file_of(const config::settings& chosen);
[[nodiscard]] std::filesystem::path self_signed_folder_of(const config::settings& chosen);

// Certificate files of the owner; none when there is no TLS or it is self-signed.
[[nodiscard]] std::optional<server::tls_files> tls_files_of(const config::settings& chosen);

// Without `tls`.
[[nodiscard]] server::options server_options_of(const config::settings& chosen);

// Where /metrics answers; none when that is off.
[[nodiscard]] std::optional<server::options> metrics_options_of(const config::settings& chosen);

// None when there is no site.
[[nodiscard]] std::optional<site::options> site_options_of(const config::settings& chosen);

}  // namespace palabre::machine
