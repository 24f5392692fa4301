// SPDX-License-Identifier: Apache-2.0
#include "home/machine/move_table.hpp"

#include "home/cloud/cloud.hpp"
#include "store/dynamodb/dynamodb_move_sink.hpp"
#include "store/dynamodb/dynamodb_store.hpp"
#include "store/dynamodb/service.hpp"
#include "system/system_clock.hpp"

#include <chrono>
#include <memory>

namespace palabre::machine {
namespace {

// A move has time; a service that is slow or throttles is waited for.
constexpr std::chrono::seconds patience{60};

class way_there {
public:
    explicit way_there(const std::string& table)
        : around_(home::variables_of_process()),
          client_(around_.make_client(store::dynamodb_service(around_.environment()))),
          store_(client_, wall_, {table, nullptr, [] {
                                      return aws::client::clock::now() + patience;
                                  }}) {}

    [[nodiscard]] aws::client& client() noexcept { return client_; }
    [[nodiscard]] store::dynamodb_store& store() noexcept { return store_; }

private:
    const system_clock wall_;
    home::cloud around_;
    aws::client client_;
    store::dynamodb_store store_;
};

class table_to_leave final : public home_to_leave {
public:
    explicit table_to_leave(const std::string& table) : there_(table) { there_.store().check(); }
    record_source& records() override { return there_.store(); }

private:
    way_there there_;
};

class table_to_enter final : public home_to_enter {
public:
    table_to_enter(const std::string& table, missing_table otherwise) : there_(table) {
        if (otherwise == missing_table::is_made) make_if_missing(table);
        sink_ = std::make_unique<store::dynamodb_move_sink>(there_.client(), table);
    }
    resumable_sink& sink() override { return *sink_; }
    record_source& made() override { return there_.store(); }
    void open_up() override { sink_->open_up(); }

private:
    // A move that goes on finds the table that it made.
    void make_if_missing(const std::string& table) {
        if (store::has_dynamodb_table(there_.client(), table, aws::client::clock::now() + patience))
            return;
        store::create_dynamodb_table(there_.client(), table, aws::client::clock::now() + patience);
    }

    way_there there_;
    std::unique_ptr<store::dynamodb_move_sink> sink_;
};

}  // namespace

std::unique_ptr<home_to_leave> leave_table(const std::string& table) {
    return std::make_unique<table_to_leave>(table);
}

std::unique_ptr<home_to_enter> enter_table(const std::string& table, missing_table otherwise) {
    return std::make_unique<table_to_enter>(table, otherwise);
}

}  // namespace palabre::machine
