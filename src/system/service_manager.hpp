// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace palabre {

// Whoever started this program and wants to know how far it is: systemd, for a unit with
// Type=notify. Speaks the protocol of sd_notify(3), which is one datagram per state. Not for
// several threads at a time.
class service_manager {
public:
    using complaint = std::function<void(std::string_view sentence)>;

    // `address` is the value of NOTIFY_SOCKET: a path, or "@" and an abstract name. Empty: nobody
    // asked, and nothing below does anything. What cannot be told is given to `complain`, in a
    // sentence, and is no reason to stop serving readers.
    service_manager(std::string address, complaint complain);
    ~service_manager();
    service_manager(const service_manager&) = delete;
    service_manager& operator=(const service_manager&) = delete;

    // Every port is open. Also ends what reloading() began.
    void ready() const;
    // Something of what is served is read again; ready() follows.
    void reloading() const;
    // No new readers from here on.
    void stopping() const;

private:
    void tell(std::string_view state) const;

    std::string address_;
    complaint complain_;
    int socket_ = -1;
};

// The value of NOTIFY_SOCKET, empty without one.
[[nodiscard]] std::string service_manager_address();

}  // namespace palabre
