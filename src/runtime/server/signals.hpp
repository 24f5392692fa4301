// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace palabre::server {

// The signals a server lives by, waited for instead of interrupting: no code runs in a handler.
class signals {
public:
    enum class wanted { stop, reload };  // SIGINT or SIGTERM; SIGHUP

    // Blocks them in this thread and in all that it starts from now on, so it must come first.
    // SIGPIPE is ignored too: a client that leaves is an error code, not the end of the program.
    signals();

    // Waits for the next one. Throws std::system_error when the system refuses.
    [[nodiscard]] wanted wait() const;
};

}  // namespace palabre::server
