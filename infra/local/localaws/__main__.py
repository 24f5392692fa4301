# SPDX-License-Identifier: Apache-2.0
"""AWS on this machine, until standard input ends: python -m localaws [--port N]

The first line of standard output is JSON: what an SDK needs (`environment`), where what is deployed will
answer (`address`), and the file with the certificate that it shows there (`trust`).
"""
from __future__ import annotations

import argparse
import json
import signal
import sys

from localaws.world import World


def main() -> None:
    parser = argparse.ArgumentParser(prog="localaws", description="AWS on this machine, until standard input ends.")
    parser.add_argument("--port", type=int, default=0, help="where what is deployed answers (one that is free)")
    port = parser.parse_args().port
    # Whoever started us ends us, by closing our input; Ctrl-C is theirs to hear.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with World(port) as world:
        told = {"environment": world.cloud.environment(), "address": world.address, "trust": str(world.trust)}
        print(json.dumps(told), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
