#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Start to the first /next, of programs in turn: start.py [--rounds N] PROGRAM…

Prints the median and the least of each in milliseconds, and the ratio of the medians to those of the
first program. Wall-clock, from before the process is made until its request has been read.
"""

import argparse
import os
import socket
import statistics
import subprocess
import time


def start_once(listener, program, variables):
    """Milliseconds until the program asked for its first event."""
    began = time.perf_counter_ns()
    process = subprocess.Popen([program], env=variables, stderr=subprocess.DEVNULL)
    connection, _ = listener.accept()
    asked = b""
    while b"\r\n\r\n" not in asked:
        asked += connection.recv(4096)
    took = (time.perf_counter_ns() - began) / 1e6
    assert b"/runtime/invocation/next" in asked, f"{program} asked for something else: {asked[:80]!r}"
    connection.close()
    process.kill()
    process.wait()
    return took


def main():
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--rounds", type=int, default=200)
    read.add_argument("programs", nargs="+", metavar="PROGRAM")
    wanted = read.parse_args()

    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    variables = {"AWS_LAMBDA_RUNTIME_API": address, "_HANDLER": "api", "PATH": os.environ["PATH"]}
    times = {program: [] for program in wanted.programs}
    for _ in range(wanted.rounds):
        for program in wanted.programs:
            times[program].append(start_once(listener, program, variables))

    first = statistics.median(times[wanted.programs[0]])
    for program, taken in times.items():
        median = statistics.median(taken)
        print(f"{program}: median {median:.2f} ms, least {min(taken):.2f} ms, {median / first:.2f} times")


if __name__ == "__main__":
    main()
