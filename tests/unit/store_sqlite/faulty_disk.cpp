// SPDX-License-Identifier: Apache-2.0
#include "faulty_disk.hpp"

#include "sqlite_ground.hpp"

#include <sqlite3.h>

#include <atomic>
#include <stdexcept>
#include <string>

namespace palabre::store {
namespace {

std::atomic<disk_fault> current_fault = disk_fault::none;
std::atomic<int> log_syncs = 0;
std::atomic<bool> log_is_dirty = false;

// The usual file system of SQLite, whose methods for log files are replaced by those below. They
// are filled in before a database is opened and then only read.
sqlite3_vfs* usual = nullptr;
sqlite3_vfs wrapped;
const sqlite3_io_methods* usual_methods = nullptr;
sqlite3_io_methods log_methods;

int write_log(sqlite3_file* file, const void* data, int bytes, sqlite3_int64 offset) {
    if (current_fault == disk_fault::full) return SQLITE_FULL;
    if (current_fault == disk_fault::broken_write) return SQLITE_IOERR_WRITE;
    log_is_dirty = true;
    return usual_methods->xWrite(file, data, bytes, offset);
}

int sync_log(sqlite3_file* file, int flags) {
    if (current_fault == disk_fault::broken_sync) return SQLITE_IOERR_FSYNC;
    const int code = usual_methods->xSync(file, flags);
    if (code == SQLITE_OK) {
        log_is_dirty = false;
        ++log_syncs;
    }
    return code;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const int code = usual->xOpen(usual, name, file, flags, out_flags);
    if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) file->pMethods = &log_methods;
    return code;
}

// Learns the methods that the usual file system gives to a log.
void copy_methods(const char* name) {
    std::string buffer(static_cast<std::size_t>(usual->szOsFile), '\0');
    auto* file = reinterpret_cast<sqlite3_file*>(buffer.data());
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_WAL;
    if (usual->xOpen(usual, name, file, flags, &flags) != SQLITE_OK) {
        throw std::runtime_error("cannot open a log file");
    }
    usual_methods = file->pMethods;
    log_methods = *usual_methods;
    log_methods.xWrite = write_log;
    log_methods.xSync = sync_log;
    usual_methods->xClose(file);
}

}  // namespace

faulty_disk::faulty_disk() {
    usual = sqlite3_vfs_find(nullptr);
    const temporary_folder folder;
    std::ofstream(folder.path() / "any").close();  // a log takes its permissions from this
    copy_methods((folder.path() / "any-wal").c_str());
    wrapped = *usual;
    wrapped.zName = "faulty";
    wrapped.xOpen = open_file;
    set(disk_fault::none);
    sqlite3_vfs_register(&wrapped, 1);
}

faulty_disk::~faulty_disk() {
    sqlite3_vfs_unregister(&wrapped);
    sqlite3_vfs_register(usual, 1);
}

void faulty_disk::set(disk_fault fault) {
    current_fault = fault;
}

int faulty_disk::syncs() const {
    return log_syncs;
}

bool faulty_disk::all_synced() const {
    return !log_is_dirty;
}

}  // namespace palabre::store
