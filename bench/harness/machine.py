# SPDX-License-Identifier: Apache-2.0
"""What the bench asks of the machine: cores, ports, time on the processor, memory, the disk."""

import os
import pathlib
import platform
import resource
import socket
import time

TICKS = os.sysconf("SC_CLK_TCK")
SYNC_BYTES = 4096  # what one durable write of a log writes at least
LOG_BLOCKS = 1000  # SQLite begins its log anew after so many


def two_cores():
    """The core for the server under test and the one for the load; the same one if there is no other."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[0], allowed[-1]


def pin(core):
    """For subprocess's preexec_fn: the child, and all of its own, stay on one core."""
    return lambda: os.sched_setaffinity(0, {core})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _stat(pid):
    """The fields of /proc/PID/stat after the name, which may hold anything."""
    text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    return text.rsplit(")", 1)[1].split()


def family(pid):
    """A process and its descendants."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents.setdefault(int(_stat(entry)[1]), []).append(int(entry))
            except (FileNotFoundError, ProcessLookupError):
                continue
    found = [pid]
    for each in found:
        found.extend(parents.get(each, []))
    return found


def processor_seconds(pid):
    """Time that a process and its descendants spent on a processor, in user and kernel mode."""
    total = 0
    for each in family(pid):
        fields = _stat(each)
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def children_seconds():
    """Processor time of all our children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory_mb(pid, kind):
    """VmRSS is all that is resident; RssAnon the part that is the process's own, without mapped files."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(kind + ":"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {kind} in /proc/{pid}/status")


def syncs_per_second(folder, seconds):
    """How often a second 4 KiB can be written and made durable, one after the other.

    Within a file that has its length already, as a write-ahead log has once it was full: a file that
    grows would be slower, and so an easier thing to be compared with.
    """
    path = pathlib.Path(folder) / "syncs"
    block = b"x" * SYNC_BYTES
    file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
    try:
        os.write(file, block * LOG_BLOCKS)
        os.fsync(file)
        count, begun = 0, time.monotonic()
        while (now := time.monotonic()) - begun < seconds:
            os.pwrite(file, block, count % LOG_BLOCKS * SYNC_BYTES)
            os.fdatasync(file)
            count += 1
        return count / (now - begun)
    finally:
        os.close(file)
        path.unlink()


def describe():
    model = platform.machine()   # arm64 tells no name there
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "load_average_1min": os.getloadavg()[0],
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
    }
