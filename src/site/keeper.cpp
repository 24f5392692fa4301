// SPDX-License-Identifier: Apache-2.0
#include "site/keeper.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>

namespace palabre::site {
namespace {

using steady = std::chrono::steady_clock;

// Compressing a whole site takes minutes at worst. What is ready is shown meanwhile, in steps.
constexpr auto show_progress_every = std::chrono::milliseconds(500);

// A look may take 1/50 of the time between looks.
constexpr int rest_per_look = 50;

}  // namespace

keeper::keeper(std::filesystem::path folder, std::chrono::milliseconds look_every)
    : folder_(std::move(folder)), look_every_(look_every) {
    read_again();
    thread_ = std::jthread([this](const std::stop_token& stop) { keep(stop); });
}

keeper::~keeper() = default;

std::shared_ptr<const catalogue> keeper::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

void keeper::read_again() {
    const std::lock_guard one_at_a_time(reading_);
    const auto previous = current();
    publish(std::make_shared<const catalogue>(build_catalogue(list_tree(folder_), previous.get())));
}

void keeper::publish(shown next) {
    const auto awaits = [](const auto& entry) { return entry.second->awaits_compression(); };
    const bool compressed = std::ranges::none_of(next->assets, awaits);
    {
        const std::lock_guard lock(mutex_);
        current_ = std::move(next);
        compressed_ = compressed;
    }
    changed_.notify_all();
}

void keeper::wait_until_compressed() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return compressed_; });
}

void keeper::keep(const std::stop_token& stop) {
    auto rest = look_every_;
    while (!stop.stop_requested()) {
        compress_all(stop);
        std::unique_lock lock(mutex_);
        const auto more_to_do = [this] { return !compressed_; };
        if (look_every_.count() == 0) {
            changed_.wait(lock, stop, more_to_do);
            continue;
        }
        if (changed_.wait_for(lock, stop, rest, more_to_do)) continue;
        lock.unlock();
        if (!stop.stop_requested()) rest = look();
    }
}

// Looks for changes, and says how long to rest before the next look.
std::chrono::milliseconds keeper::look() {
    const auto began = steady::now();
    try {
        auto seen = list_tree(folder_).files;
        if (seen == current()->files) {
            looks_ = 0;
        } else if (++looks_ >= looks_max || seen == last_seen_) {
            looks_ = 0;
            read_again();
        }
        last_seen_ = std::move(seen);
    } catch (const std::exception&) {
        // The folder is away, as it is for a moment when it is replaced. What was shown stays; who
        // asks by read_again() is told.
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(steady::now() - began);
    return std::max(look_every_, took * rest_per_look);
}

void keeper::compress_all(const std::stop_token& stop) {
    const auto before = current();
    catalogue::by_path<std::shared_ptr<const asset>> compressed;
    auto shown_at = steady::now();
    for (const auto& [path, plain] : before->assets) {
        if (stop.stop_requested()) return;
        if (path.ends_with('/') || !plain->awaits_compression()) continue;
        compressed.emplace(path, compress(*plain));
        if (steady::now() - shown_at < show_progress_every) continue;
        replace(compressed);
        compressed.clear();
        shown_at = steady::now();
    }
    if (!compressed.empty()) replace(compressed);
}

void keeper::replace(const catalogue::by_path<std::shared_ptr<const asset>>& compressed) {
    const std::lock_guard one_at_a_time(reading_);
    auto next = std::make_shared<catalogue>(*current());
    for (auto& [path, file] : next->assets) {
        const auto found = compressed.find(file->from.path);
        if (found == compressed.end()) continue;
        // The file may have changed while it was compressed. ETags tell.
        if (found->second->etag == file->etag) file = found->second;
    }
    publish(std::move(next));
}

}  // namespace palabre::site
