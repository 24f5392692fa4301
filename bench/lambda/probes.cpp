// SPDX-License-Identifier: Apache-2.0
#include "lambda/probes.hpp"

#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace bench {
namespace {

// The kernel's pages: 4 KiB, and on some arm64 machines 64.
const std::size_t ring_page_bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
constexpr std::size_t ring_pages = 8;  // room for some 1,300 passages of each place

std::uint32_t uprobe_type() {
    std::ifstream file("/sys/bus/event_source/devices/uprobe/type");
    std::uint32_t type = 0;
    if (!(file >> type)) {
        throw std::system_error(ENOENT, std::generic_category(), "this kernel has no uprobes");
    }
    return type;
}

struct sample {
    perf_event_header header;
    std::uint64_t time_ns;
};

}  // namespace

struct probes::probe {
    explicit probe(std::string of) : name(std::move(of)) {}
    ~probe() {
        if (ring != MAP_FAILED) ::munmap(ring, (1 + ring_pages) * ring_page_bytes);
        if (descriptor >= 0) ::close(descriptor);
    }
    probe(const probe&) = delete;
    probe& operator=(const probe&) = delete;

    void add_to(std::vector<passage>& all) const;

    std::string name;
    int descriptor = -1;
    void* ring = MAP_FAILED;
};

// The ring is never full, so it is read from its first byte; samples of 16 bytes do not wrap.
void probes::probe::add_to(std::vector<passage>& all) const {
    static_assert(std::has_single_bit(sizeof(sample)), "or they would not fill a page");
    const auto* about = static_cast<const perf_event_mmap_page*>(ring);
    const std::uint64_t end = __atomic_load_n(&about->data_head, __ATOMIC_ACQUIRE);
    const char* data = static_cast<const char*>(ring) + ring_page_bytes;
    for (std::uint64_t at = 0; at < std::min<std::uint64_t>(end, ring_pages * ring_page_bytes);) {
        sample read{};
        std::memcpy(&read, data + at, sizeof read);
        if (read.header.type == PERF_RECORD_SAMPLE) {
            all.push_back({name, clock::time_point(std::chrono::nanoseconds(read.time_ns))});
        }
        if (read.header.size == 0) return;
        at += read.header.size;
    }
}

probes::probes(const std::string& program, const std::vector<place>& places, const child& of) {
    for (const place& each : places) {
        perf_event_attr about{};
        about.size = sizeof about;
        about.type = uprobe_type();
        about.config1 = reinterpret_cast<std::uint64_t>(program.c_str());
        about.config2 = each.offset;
        about.sample_period = 1;
        about.sample_type = PERF_SAMPLE_TIME;
        about.use_clockid = 1;
        about.clockid = CLOCK_MONOTONIC;
        auto made = std::make_unique<probe>(each.name);
        made->descriptor = static_cast<int>(
            ::syscall(SYS_perf_event_open, &about, of.pid(), -1, -1, PERF_FLAG_FD_CLOEXEC)
        );
        if (made->descriptor >= 0) {
            made->ring = ::mmap(
                nullptr,
                (1 + ring_pages) * ring_page_bytes,
                PROT_READ | PROT_WRITE,
                MAP_SHARED,
                made->descriptor,
                0
            );
        }
        if (made->ring == MAP_FAILED) {
            throw std::system_error(errno, std::generic_category(), "a probe at " + each.name);
        }
        all_.push_back(std::move(made));
    }
}

probes::~probes() = default;

std::vector<passage> probes::passages() const {
    std::vector<passage> all;
    for (const auto& each : all_)
        each->add_to(all);
    std::ranges::sort(all, {}, &passage::at);
    return all;
}

}  // namespace bench
