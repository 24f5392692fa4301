// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/server/asio_types.hpp"

#include <boost/intrusive/list.hpp>

namespace palabre::server {

struct all_tag;
struct idle_tag;
template <class Tag>
using hook = boost::intrusive::list_base_hook<
    boost::intrusive::tag<Tag>,
    boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

// What a loop knows of each of its connections: when it is too late, and how to end it. Timers are
// not made per request; the loop looks at all deadlines every now and then (timeouts::sweep).
class connection : public hook<all_tag>, public hook<idle_tag> {
public:
    connection() = default;
    virtual ~connection() = default;
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    // Ends whatever it waits for, with an error; the socket can still be written to.
    virtual void cancel() noexcept = 0;

    // Ends the connection now.
    virtual void drop() noexcept = 0;

    [[nodiscard]] clock::time_point deadline() const noexcept { return deadline_; }
    void set_deadline(clock::time_point at) noexcept {
        deadline_ = at;
        expired_ = false;
    }
    void expire() noexcept {
        expired_ = true;
        cancel();
    }
    // Whether the deadline passed since it was set.
    [[nodiscard]] bool expired() const noexcept { return expired_; }

    [[nodiscard]] bool idle() const noexcept { return hook<idle_tag>::is_linked(); }
    clock::time_point idle_since{};  // while idle()

private:
    clock::time_point deadline_ = clock::time_point::max();
    bool expired_ = false;
};

template <class Tag>
using connection_list = boost::intrusive::list<
    connection,
    boost::intrusive::base_hook<hook<Tag>>,
    boost::intrusive::constant_time_size<false>>;

}  // namespace palabre::server
