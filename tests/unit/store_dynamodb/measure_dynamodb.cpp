// SPDX-License-Identifier: Apache-2.0
// How fast a table is filled with how many requests at once, and what a warm read and a post cost
// this process, against DynamoDB Local.
#include "contract/records/vocabulary.hpp"
#include "store/dynamodb/dynamodb_record_sink.hpp"
#include "unit/store_dynamodb/dynamodb_ground.hpp"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace palabre {
namespace {

using std::chrono::steady_clock;

constexpr std::uint32_t comments = 10'000;
constexpr std::uint32_t rounds = 2'000;

double seconds_since(steady_clock::time_point start) {
    return std::chrono::duration<double>(steady_clock::now() - start).count();
}

double processor_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// About as long as comments are.
comment a_usual_comment(std::uint32_t number) {
    auto made = contract::a_comment(number, "section " + std::to_string(number % 500));
    made.text = std::string(400, 'x');
    made.html = "<p>" + made.text + "</p>\n";
    return made;
}

void measure_filling(std::size_t at_once) {
    test::dynamodb_ground ground;
    store::dynamodb_sink_options how{.table = ground.table()};
    how.requests_at_once = at_once;
    const auto start = steady_clock::now();
    store::dynamodb_record_sink to(ground.client(), how);
    for (std::uint32_t number = 1; number <= comments; ++number)
        to.put_comment(a_usual_comment(number));
    to.finish();
    std::printf(
        "%zu requests at once: %.0f comments/s\n", at_once, comments / seconds_since(start)
    );
}

void measure_verbs() {
    test::dynamodb_ground ground;
    const contract::manual_clock clock;
    store::dynamodb_store store(ground.client(), clock, ground.options());
    std::vector<comment> twenty;
    for (std::uint32_t number = 1; number <= 20; ++number) {
        twenty.push_back(a_usual_comment(number));
        twenty.back().section = "projets";
    }
    store.add_missing(twenty);
    for (std::uint32_t round = 0; round < rounds; ++round)
        static_cast<void>(store.list({"projets", std::nullopt, 20}));
    const auto before = processor_seconds();
    for (std::uint32_t round = 0; round < rounds; ++round)
        static_cast<void>(store.list({"projets", std::nullopt, 20}));
    const auto after = processor_seconds();
    for (std::uint32_t round = 0; round < rounds; ++round)
        store.post(a_usual_comment(1'000 + round), std::nullopt);
    const auto end = processor_seconds();
    std::printf("a page of 20: %.0f us of processor time\n", (after - before) / rounds * 1e6);
    std::printf("a post: %.0f us of processor time\n", (end - after) / rounds * 1e6);
}

}  // namespace
}  // namespace palabre

int main() {
    for (const std::size_t at_once : {1U, 2U, 4U, 8U})
        palabre::measure_filling(at_once);
    palabre::measure_verbs();
}
