// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/request_metrics.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace palabre::metrics {

// Content-Type of text().
inline constexpr const char* text_content_type = "text/plain; version=0.0.4; charset=utf-8";

// Everything that `GET /metrics` shows: requests, what the parts of the program say of themselves
// when asked, and the process. Names and labels: docs/runbook.md.
class registry {
public:
    // `requests` outlives the registry.
    registry(const request_metrics& requests, std::string version);

    // A number read anew at each text(): one that goes up and down, or one that only rises (whose
    // name ends in "_total"). `read` is called from any thread; when it throws, the number is left
    // out. Names are Prometheus's: letters, digits and underscores. Not to be called beside text().
    void add_gauge(std::string name, std::string help, std::function<double()> read);
    void add_counter(std::string name, std::string help, std::function<double()> read);

    // One of several counters of the same name and help, told apart by a label. Those of one name
    // must be added one after the other.
    void add_counter(
        std::string name,
        std::pair<std::string, std::string> label,
        std::string help,
        std::function<double()> read
    );

    // Prometheus's text format 0.0.4. Safe from any thread.
    [[nodiscard]] std::string text() const;

private:
    enum class kind { gauge, counter };
    struct number {
        std::string name;
        std::string help;
        std::pair<std::string, std::string> label;  // without a name: none
        kind what;
        std::function<double()> read;
    };

    const request_metrics& requests_;
    std::string version_;
    std::vector<number> numbers_;
};

}  // namespace palabre::metrics
