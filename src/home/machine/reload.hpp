// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "home/machine/log_file.hpp"
#include "runtime/server/server.hpp"
#include "site/static_site.hpp"

namespace palabre::machine {

// What SIGHUP asks for: certificate files, the folder of the site (may be null) and the log file
// are opened again. What cannot be is told to standard error, and goes on as it was.
void reload(server::server& running, site::static_site* site, log_file& log);

// From here on, SIGINT and SIGTERM end the process at once, as they do by default. Nothing that was
// acknowledged is lost by that: it is on the disk.
void let_signals_end_us();

}  // namespace palabre::machine
