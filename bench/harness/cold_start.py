# SPDX-License-Identifier: Apache-2.0
"""Where the time of a cold start of our function goes, by probes of the kernel at its functions.

The program is the one that is shipped, without a change. Where its functions are is read from the
file with symbols that is linked beside it.
"""

import statistics
import subprocess

from functions import read_event

RUNS = 21

# What has been done when a start first comes by a function, in that order. NEXT and ANSWER are what
# the Runtime API saw.
NEXT, ANSWER = "first_next_us", "first_answer_us"
STAGES = [
    ("_start", "the kernel starts the program"),
    ("main", "C library and constructors: addresses, features of the processor"),
    ("palabre::function::settings_source::first", "credentials; OpenSSL, when AWS_CA_BUNDLE is set"),
    ("palabre::store::dynamodb_service", "settings"),
    ("palabre::aws::client::warm_up", "store and application"),
    ("palabre::aws::resolve", "a connection taken"),
    ("palabre::aws::wire::shake_hands", "its name found, connected"),
    ("palabre::lambda::serve", "the connection to the database, TLS included"),
    (NEXT, "connection to the Runtime API, /next"),
    ("palabre::lambda::gateway_event::gateway_event", "the event comes"),
    ("palabre::aws::client::call", "event read, route found"),
    ("palabre::store::dynamodb::answer::answer", "signed; DynamoDB Local answers"),
    ("palabre::lambda::gateway_answer", "its answer read, page written"),
    (ANSWER, "the gateway's answer written, logged, sent"),
]


def offsets(program):
    """Where the first byte of each function lies in the program's file."""
    def lines(*command):
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    loads = [line.split() for line in lines("readelf", "-lW", program) if line.strip().startswith("LOAD")]
    segments = [(int(load[2], 16), int(load[4], 16), int(load[1], 16)) for load in loads]
    wanted, found = {name for name, _ in STAGES}, {}
    for line in lines("nm", "-C", "--defined-only", f"{program}.symbols"):
        address, kind, name = line.split(maxsplit=2)
        name = name.split("(")[0].split("[")[0]
        if name in wanted and kind in "tTwW" and ".cold" not in line:
            for start, size, offset in segments:
                if start <= int(address, 16) < start + size:
                    found[name] = int(address, 16) - start + offset
    return found


def one_start(function, probes):
    """When the start first came by each stage, in microseconds since exec."""
    seen = function.expect(200, [read_event(function.section())], probes=probes)
    times = {NEXT: seen[NEXT], ANSWER: seen[ANSWER]}
    for name, at in seen["passages"]:
        times.setdefault(name, at)
    return times


def stages(function):
    """How long each stage took, at the median and at the least, as far as it was come by."""
    probes = [f"{name}@{at:x}" for name, at in offsets(function.program).items()]
    runs = [one_start(function, probes) for _ in range(RUNS)]
    table, before = [], None
    for name, meaning in STAGES:
        if not all(name in run for run in runs):
            continue
        took = [run[name] - (run[before] if before else 0) for run in runs]
        if statistics.median(took) >= 0:
            table.append({"stage": meaning, "us": statistics.median(took), "least_us": min(took)})
            before = name
    return table


def tell(bench, plain, tls):
    """Two tables into the report, and onto the screen."""
    for title, function in (("a cold start", plain), ("a cold start, TLS before the database", tls)):
        try:
            table = stages(function)
        except RuntimeError as why:  # no uprobes without root
            bench.tell(f"where the time of {title} goes was not measured: {str(why).splitlines()[-1]}")
            return
        print(f"# {title}, us by stage: median, least")
        for row in table:
            print(f"# {row['us']:9.0f} {row['least_us']:9.0f}  {row['stage']}", flush=True)
        bench.report.keep("functions_stages", {function.name + (" tls" if function is tls else ""): table})
