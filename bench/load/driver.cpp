// SPDX-License-Identifier: Apache-2.0
#include "load/driver.hpp"

#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace bench {
namespace {

constexpr std::size_t scratch_bytes = std::size_t{256} * 1024;
constexpr std::uint64_t alarm_mark = ~std::uint64_t{0};
constexpr int look_every_ms = 50;  // so that the end is seen when no answer comes
// Then the server is not there: measuring on would measure nothing.
constexpr std::uint64_t lost_max = 1000;

std::chrono::nanoseconds duration_of(double seconds) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(seconds)
    );
}

}  // namespace

driver::driver(const options& chosen)
    : options_(chosen),
      requests_(chosen),
      tls_(chosen.tls ? SSL_CTX_new(TLS_client_method()) : nullptr),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      alarm_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)),
      clients_(chosen.connections),
      watched_for_writing_(chosen.connections),
      scratch_(scratch_bytes) {
    if (chosen.per_second > 0) {
        interval_ = std::chrono::nanoseconds(1'000'000'000 / chosen.per_second);
    }
    epoll_event wanted{.events = EPOLLIN, .data = {.u64 = alarm_mark}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, alarm_, &wanted);
}

driver::~driver() {
    clients_.clear();
    ::close(alarm_);
    ::close(epoll_);
}

outcome driver::run() {
    now_ = next_due_ = clock::now();
    counts_from_ = now_ + duration_of(options_.warm_up_s);
    ends_ = counts_from_ + duration_of(options_.seconds);
    for (std::size_t which = 0; which < clients_.size(); ++which)
        open(which);
    std::array<epoll_event, 256> events{};
    while (!finished()) {
        if (interval_.count() > 0) set_alarm();
        const int count = ::epoll_wait(epoll_, events.data(), events.size(), look_every_ms);
        now_ = clock::now();
        for (int i = 0; i < count; ++i) {
            const std::uint64_t which = events[static_cast<std::size_t>(i)].data.u64;
            if (which != alarm_mark) handle(which);
        }
        if (interval_.count() > 0) ask_what_is_due();
    }
    const auto counted = std::min(now_, ends_) - counts_from_;
    outcome_.seconds = std::chrono::duration<double>(counted).count();
    return std::move(outcome_);
}

bool driver::finished() const {
    return now_ >= ends_ || (options_.requests > 0 && outcome_.answers >= options_.requests);
}

void driver::open(std::size_t which) {
    clients_[which] = std::make_unique<client>(options_, tls_.get());
    ++outcome_.connections;
    watched_for_writing_[which] = true;
    watch(which, EPOLL_CTL_ADD);
}

void driver::watch(std::size_t which, int how) {
    epoll_event wanted{.events = EPOLLIN, .data = {.u64 = which}};
    if (watched_for_writing_[which]) wanted.events |= EPOLLOUT;
    ::epoll_ctl(epoll_, how, clients_[which]->descriptor(), &wanted);
}

void driver::handle(std::size_t which) {
    client& asked = *clients_[which];
    const client::state before = asked.now();
    const auto got = asked.ready(scratch_);
    if (got) count(*got);
    if (asked.now() == client::state::lost) {
        const bool was_asked = before == client::state::asking || before == client::state::lost;
        if (!got && (was_asked || before == client::state::connecting)) ++outcome_.lost;
        if (outcome_.lost > lost_max && outcome_.established == 0) {
            throw std::runtime_error("nobody listens at this port");
        }
        std::erase(idle_, which);
        open(which);
        return;
    }
    const bool connected = before == client::state::connecting;
    if (connected && asked.now() != before) ++outcome_.established;
    const bool became_idle = asked.now() == client::state::idle && before != client::state::idle;
    if (became_idle && interval_.count() > 0) {
        idle_.push_back(which);
    } else if (became_idle) {
        ask(which, got ? clock::now() : now_);
    }
    if (asked.waits_to_write() == watched_for_writing_[which]) return;
    watched_for_writing_[which] = asked.waits_to_write();
    watch(which, EPOLL_CTL_MOD);
}

void driver::count(const answer& got) {
    ++outcome_.answers;
    const auto done_at = clock::now();
    if (done_at < counts_from_ || done_at >= ends_) return;
    outcome_.durations.add(static_cast<std::uint64_t>((done_at - got.asked_at).count()));
    ++outcome_.statuses[got.status];
    outcome_.bytes += got.bytes;
}

void driver::ask(std::size_t which, clock::time_point due) {
    clients_[which]->ask(requests_.next(), due);
}

void driver::ask_what_is_due() {
    for (; next_due_ <= now_ && !idle_.empty(); next_due_ += interval_) {
        const std::size_t which = idle_.front();
        idle_.pop_front();
        ask(which, next_due_);
        if (clients_[which]->waits_to_write()) {
            watched_for_writing_[which] = true;
            watch(which, EPOLL_CTL_MOD);
        }
    }
}

// When all clients are busy there is nothing to be woken for: an answer comes first.
void driver::set_alarm() const {
    itimerspec when{};
    if (!idle_.empty()) {
        const auto since_boot = next_due_.time_since_epoch().count();
        when.it_value = {
            .tv_sec = since_boot / 1'000'000'000, .tv_nsec = since_boot % 1'000'000'000
        };
    }
    ::timerfd_settime(alarm_, TFD_TIMER_ABSTIME, &when, nullptr);
}

}  // namespace bench
