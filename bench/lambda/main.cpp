// SPDX-License-Identifier: Apache-2.0
// Starts a Lambda function as Lambda does, hands it events, and prints as one line of JSON how long
// it took and what it cost. Its environment is ours, with AWS_LAMBDA_RUNTIME_API added.
#include "lambda/child.hpp"
#include "lambda/probes.hpp"
#include "lambda/runtime_server.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct options {
    std::vector<std::string> line;
    std::string events_file;
    std::string keep;
    std::size_t count = 1;
    std::size_t warm_up = 0;
    int core = -1;
    std::vector<std::string> probes;
};

std::vector<std::string> read_lines(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    if (lines.empty()) throw std::runtime_error("no event in " + path);
    return lines;
}

bench::place parse_place(const std::string& text) {
    const std::size_t at = text.rfind('@');
    bench::place made{text.substr(0, at), 0};
    const char* end = text.data() + text.size();
    if (at == std::string::npos ||
        std::from_chars(text.data() + at + 1, end, made.offset, 16).ptr != end) {
        throw std::runtime_error("not NAME@OFFSET, hexadecimal: " + text);
    }
    return made;
}

double us(bench::clock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

double us_of_ns(std::int64_t ns) {
    return static_cast<double>(ns) / 1000;
}

// The events after the warm-up: what each cost, and half of them took less than.
std::string json_of_warm(const bench::session& seen, std::size_t warm_up) {
    if (seen.events.size() <= warm_up) return {};
    std::vector<double> took;
    for (std::size_t at = warm_up; at < seen.events.size(); ++at)
        took.push_back(us(seen.events[at].answered - seen.events[at].handed));
    const auto middle = took.begin() + static_cast<std::ptrdiff_t>(took.size() / 2);
    std::ranges::nth_element(took, middle);
    const std::int64_t used = seen.processor_ns - seen.events[warm_up].processor_ns;
    return fmt::format(
        R"("processor_us_per_event":{:.1f},"p50_us":{:.1f},)",
        us_of_ns(used) / static_cast<double>(took.size()),
        *middle
    );
}

std::string json_of(
    const bench::session& seen,
    const bench::child& measured,
    const std::vector<bench::passage>& passages,
    std::size_t warm_up
) {
    const auto start = measured.started_at();
    std::string json = fmt::format(
        R"({{"first_next_us":{:.1f},"first_next_processor_us":{:.1f},)",
        us(seen.first_next - start),
        us_of_ns(seen.first_next_processor_ns)
    );
    if (!seen.events.empty()) {
        json += fmt::format(R"("first_answer_us":{:.1f},)", us(seen.events[0].answered - start));
        const auto used = seen.events.size() > 1 ? seen.events[1].processor_ns : seen.processor_ns;
        json += fmt::format(R"("first_answer_processor_us":{:.1f},)", us_of_ns(used));
    }
    json += json_of_warm(seen, warm_up);
    std::string statuses;
    for (const auto& [status, count] : seen.statuses)
        statuses += fmt::format("{}\"{}\":{}", statuses.empty() ? "" : ",", status, count);
    std::string marks;
    for (const bench::passage& each : passages) {
        marks += fmt::format(
            "{}[\"{}\",{:.1f}]", marks.empty() ? "" : ",", each.name, us(each.at - start)
        );
    }
    return json + fmt::format(
                      R"("memory_peak_kb":{},"statuses":{{{}}},"passages":[{}]}})",
                      measured.memory_peak_kb(),
                      statuses,
                      marks
                  );
}

void run(const options& chosen) {
    const auto events =
        chosen.count == 0 ? std::vector<std::string>() : read_lines(chosen.events_file);
    std::vector<bench::place> places;
    std::ranges::transform(chosen.probes, std::back_inserter(places), parse_place);
    bench::runtime_server server;
    const bench::child measured(
        chosen.line, {"AWS_LAMBDA_RUNTIME_API=" + server.address()}, chosen.core
    );
    const bench::probes watching(chosen.line.front(), places, measured);
    measured.let_go();
    const bench::session seen = server.serve(measured, events, chosen.count);
    fmt::print("{}\n", json_of(seen, measured, watching.passages(), chosen.warm_up));
    if (!chosen.keep.empty()) std::ofstream(chosen.keep) << seen.first_answer;
}

}  // namespace

int main(int argc, char** argv) {
    options chosen;
    CLI::App app{"Runs a Lambda function under a Runtime API; prints one line of JSON."};
    app.add_option("program", chosen.line, "The function's program and its arguments, after --")
        ->required();
    app.add_option("--events", chosen.events_file, "File with one event a line");
    app.add_option("--count", chosen.count, "Events to hand out; 0 ends at the first /next");
    app.add_option("--warm-up", chosen.warm_up, "So many of them are not counted");
    app.add_option("--core", chosen.core, "Where the function runs");
    app.add_option("--keep", chosen.keep, "File for the answer to the first event");
    app.add_option("--probe", chosen.probes, "NAME@OFFSET: when the function comes by there");
    CLI11_PARSE(app, argc, argv);
    try {
        run(chosen);
    } catch (const std::exception& error) {
        fmt::print(stderr, "palabre_bench_lambda: {}\n", error.what());
        return 1;
    }
    return 0;
}
