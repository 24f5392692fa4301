// SPDX-License-Identifier: Apache-2.0

// Prints how many posts a second the store acknowledges, beside what the disk allows: how often a
// second a file that grows by a log frame can be made durable.
//     measure_group_commit FOLDER SECONDS
#include "sqlite_ground.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>

namespace palabre::store {
namespace {

using steady = std::chrono::steady_clock;

double per_second(std::uint64_t count, steady::time_point since) {
    return static_cast<double>(count) /
           std::chrono::duration<double>(steady::now() - since).count();
}

// Frames of a write-ahead log are a page and 24 bytes; a post changes some of them.
double syncs_per_second(const std::filesystem::path& folder, std::chrono::seconds time) {
    const auto file = folder / "measure-sync";
    const int opened = ::open(file.c_str(), O_CREAT | O_RDWR | O_TRUNC, 0600);
    const std::string frames(std::size_t{6} * (4096 + 24), 'x');
    const auto begin = steady::now();
    std::uint64_t count = 0;
    for (; steady::now() - begin < time; ++count) {
        const auto offset = static_cast<off_t>(count % 160 * frames.size());
        if (::pwrite(opened, frames.data(), frames.size(), offset) < 0) return 0;
        if (::fdatasync(opened) != 0) return 0;
    }
    const double result = per_second(count, begin);
    ::close(opened);
    std::filesystem::remove(file);
    return result;
}

double posts_per_second(
    const std::filesystem::path& folder,
    std::chrono::seconds time,
    std::uint32_t threads,
    std::size_t batch_writes_max
) {
    const auto inside = folder / "measure-store";
    const contract::manual_clock wall;
    std::atomic<std::uint32_t> next = 0;
    double result = 0;
    {
        sqlite_options options;
        options.file = inside / "comments.db";
        options.batch_writes_max = batch_writes_max;
        sqlite_store store(options, wall);
        const auto begin = steady::now();
        std::vector<std::jthread> posters;
        posters.reserve(threads);
        for (std::uint32_t i = 0; i < threads; ++i) {
            posters.emplace_back([&] {
                while (steady::now() - begin < time) {
                    const auto number = next++;
                    auto draft = contract::a_comment(number, "s" + std::to_string(number % 50));
                    draft.text.append(300, 'x');
                    draft.html.append(300, 'x');
                    store.post(draft, std::nullopt);
                }
            });
        }
        posters.clear();
        result = per_second(next, begin);
    }
    std::filesystem::remove_all(inside);
    return result;
}

}  // namespace
}  // namespace palabre::store

int main(int count, char** arguments) {
    if (count != 3) return 2;
    const std::filesystem::path folder = arguments[1];
    const std::chrono::seconds time{std::atoi(arguments[2])};
    const std::size_t usual = palabre::store::sqlite_options{}.batch_writes_max;
    const auto posts = [&](std::uint32_t threads, std::size_t batch_writes_max) {
        return palabre::store::posts_per_second(folder, time, threads, batch_writes_max);
    };
    std::puts("fdatasync/s; posts/s by 1, 8, 64 threads; by 64 threads with a commit each");
    for (int round = 0; round < 5; ++round) {
        std::printf("%8.0f", palabre::store::syncs_per_second(folder, time));
        for (const std::uint32_t threads : {1U, 8U, 64U}) {
            std::printf("%8.0f", posts(threads, usual));
        }
        std::printf("%8.0f\n", posts(64, 1));
        std::fflush(stdout);
    }
}
