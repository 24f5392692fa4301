// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace palabre::store {

enum class disk_fault {
    none,
    full,          // writes to the log fail for want of space
    broken_write,  // writes to the log fail with an I/O error
    broken_sync,   // the log cannot be made durable
};

// While it lives, every database opened by this process stands on a disk whose log can be made to
// fail at will. For one thread that sets faults; SQLite may use it from any.
class faulty_disk {
public:
    faulty_disk();
    faulty_disk(const faulty_disk&) = delete;
    faulty_disk& operator=(const faulty_disk&) = delete;
    ~faulty_disk();

    void set(disk_fault fault);

    // How often a log was made durable, and whether anything was written to it since.
    [[nodiscard]] int syncs() const;
    [[nodiscard]] bool all_synced() const;
};

}  // namespace palabre::store
