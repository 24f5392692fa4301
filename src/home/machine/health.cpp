// SPDX-License-Identifier: Apache-2.0
#include "home/machine/health.hpp"

#include "home/machine/open_store.hpp"
#include "home/machine/options_of.hpp"
#include "system/disk_space.hpp"

#include <stdexcept>

namespace palabre::machine {

health_check disk_check(const config::settings& chosen, home_store& store) {
    health_check made;
    made.name = "disk";
    made.advice = "New comments are refused, or soon will be: the disk is full or takes nothing.";
    made.needed = need::to_write;
    made.run = [&store, is_elsewhere = is_shared(chosen), folder = data_folder_of(chosen)] {
        store.check_writing();
        if (is_elsewhere) return;  // no comment comes to this disk
        if (const auto reason = reason_not_to_write(disk_space_of(folder))) {
            throw std::runtime_error(folder.string() + ": " + *reason);
        }
    };
    return made;
}

}  // namespace palabre::machine
