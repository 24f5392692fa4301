// SPDX-License-Identifier: Apache-2.0
// Sends HTTP/1.1 requests to a server on this machine and prints, as one line of JSON, how many
// were answered, how, and how long each took. One thread, so that it can be pinned to one core.
#include "load/driver.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <exception>
#include <string>

namespace {

double microseconds(std::uint64_t ns) {
    return static_cast<double>(ns) / 1000;
}

std::string json_of(const bench::outcome& seen) {
    std::string statuses;
    for (const auto& [status, count] : seen.statuses) {
        statuses += fmt::format("{}\"{}\":{}", statuses.empty() ? "" : ",", status, count);
    }
    const auto counted = seen.durations.total();
    return fmt::format(
        R"({{"answers":{},"seconds":{:.6f},"per_second":{:.3f},"bytes_per_answer":{:.1f},)"
        R"("p50_us":{:.1f},"p90_us":{:.1f},"p99_us":{:.1f},"p999_us":{:.1f},"max_us":{:.1f},)"
        R"("statuses":{{{}}},"lost":{},"connections":{},"answers_with_warm_up":{}}})",
        counted,
        seen.seconds,
        static_cast<double>(counted) / seen.seconds,
        static_cast<double>(seen.bytes) / static_cast<double>(std::max<std::uint64_t>(counted, 1)),
        microseconds(seen.durations.at(0.5)),
        microseconds(seen.durations.at(0.9)),
        microseconds(seen.durations.at(0.99)),
        microseconds(seen.durations.at(0.999)),
        microseconds(seen.durations.largest()),
        statuses,
        seen.lost,
        seen.connections,
        seen.answers
    );
}

}  // namespace

int main(int argc, char** argv) {
    bench::options chosen;
    bool at_random = false;
    CLI::App app{"Load for a server on 127.0.0.1; prints one line of JSON."};
    app.add_option("file", chosen.requests_file, "File with one request a line")->required();
    app.add_option("--port", chosen.port)->required();
    app.add_flag("--tls", chosen.tls, "HTTPS, without a look at the certificate");
    app.add_option("--from", chosen.from, "Address to send from");
    app.add_option("--connections", chosen.connections)->check(CLI::Range(1, 4096));
    app.add_option("--warm-up", chosen.warm_up_s, "Seconds that are not counted");
    app.add_option("--seconds", chosen.seconds);
    app.add_option("--requests", chosen.requests, "Stop after so many answers");
    app.add_option("--rate", chosen.per_second, "Requests a second; as fast as can be without");
    app.add_flag("--random", at_random, "Requests in random order");
    app.add_option("--seed", chosen.seed, "Of the random order");
    CLI11_PARSE(app, argc, argv);
    if (at_random) chosen.taken = bench::order::at_random;
    try {
        bench::driver driver(chosen);
        fmt::print("{}\n", json_of(driver.run()));
    } catch (const std::exception& error) {
        fmt::print(stderr, "palabre_bench_load: {}\n", error.what());
        return 1;
    }
    return 0;
}
