// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/endpoint.hpp"
#include "aws/request.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace palabre::test {

// Numbers that look random and are the same in every run. Safe from any thread.
class foretold_chance {
public:
    explicit foretold_chance(std::uint64_t seed) : count_(seed) {}
    // From [0, 1).
    [[nodiscard]] double next() noexcept;

private:
    std::atomic<std::uint64_t> count_;
};

// What may befall a request to DynamoDB. Done: the service has done it, and only we do not hear.
enum class fault : std::uint8_t {
    lost_before,      // the connection is reset, and nothing was done
    lost_after,       // it is done, and the connection is closed without an answer
    cut_after,        // it is done, and the answer is cut off in the middle
    stumbled_before,  // 500, and nothing was done
    stumbled_after,   // 500, and it is done
    throttled,        // ProvisionedThroughputExceededException
    damaged,          // it is done, and the checksum of the answer is wrong
    trickling,        // the answer comes in pieces
    in_the_way,       // a transaction met another one
    unprocessed,      // a batch of which nothing was done
};
inline constexpr std::size_t fault_kinds = 10;  // of those that chance may bring

// Stands between a client and DynamoDB, and lets faults befall requests: which ones a fixed seed
// says. Each connection has a thread.
class faulty_service {
public:
    struct options {
        double rate = 0.15;  // of requests that something befalls
        std::uint64_t seed = 1;
        // Transactions that are made again come under another name, as to a service that does not
        // know them again. Those about keys and quotas are left alone: they rely on it.
        bool forgets_tokens = false;
        std::optional<fault> only{};  // nothing but this; none: any
    };

    faulty_service(aws::endpoint behind, options how);
    ~faulty_service();
    faulty_service(const faulty_service&) = delete;
    faulty_service& operator=(const faulty_service&) = delete;

    [[nodiscard]] aws::endpoint where() const { return {false, "127.0.0.1", port_, ""}; }

    // From now on something befalls that part of the requests.
    void set_rate(double rate) { rate_ = rate; }
    // The next request for this operation is done, and its answer lost.
    void lose_next_answer(const std::string& operation);
    // The next request for this operation is done, and nothing is said until the client leaves.
    void keep_silent_after(const std::string& operation);

    // How often it happened, and how many requests of an operation there were.
    [[nodiscard]] unsigned count(fault what) const;
    [[nodiscard]] unsigned requests(const std::string& operation) const;
    [[nodiscard]] unsigned requests() const;

private:
    struct request {
        std::string operation;  // "Query"
        std::string head;       // with its empty line
        std::string body;
    };

    void accept_all();
    void serve(int client);
    bool hear(int client, std::string& pending, request& into);
    bool answer(int client, int service, request& asked);
    bool befall(int client, int service, const request& asked, fault what);
    [[nodiscard]] bool is_possible(fault what, const request& asked) const;
    [[nodiscard]] bool draw(const request& asked, fault& what);
    void forget_token(request& asked);
    bool takes_turn(std::string& whose, const std::string& operation);

    const aws::endpoint behind_;
    const options how_;
    foretold_chance chance_;
    std::atomic<double> rate_;
    int listener_ = -1;
    std::uint16_t port_ = 0;

    mutable std::mutex mutex_;  // guards what follows
    std::array<unsigned, fault_kinds> counts_{};
    std::map<std::string, unsigned> requests_;
    std::string loses_next_;
    std::string silent_after_;
    std::vector<int> open_;
    std::vector<std::thread> connections_;
    bool stopping_ = false;

    std::thread acceptor_;
};

}  // namespace palabre::test
