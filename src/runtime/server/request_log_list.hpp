// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ports/request_log.hpp"

#include <utility>
#include <vector>

namespace palabre::server {

// Tells several logs, in order. They must outlive it.
class request_log_list final : public request_log {
public:
    explicit request_log_list(std::vector<request_log*> logs) : logs_(std::move(logs)) {}

    void answered(const request_record& record) noexcept override {
        for (request_log* log : logs_)
            log->answered(record);
    }

private:
    std::vector<request_log*> logs_;
};

}  // namespace palabre::server
