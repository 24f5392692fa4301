# SPDX-License-Identifier: Apache-2.0
"""Runs palabre_bench_load beside a party, and adds what the party's processor time was."""

import json
import subprocess

import machine


class Load:
    def __init__(self, program, core):
        self.program = program
        self.core = core

    def start(self, port, file, *, tls=False, random=False, nice=0, **numbers):
        """Begins a load; `numbers` are options of the program:
        seconds, connections, rate, …"""
        line = ["nice", "-n", str(nice)] if nice else []
        line += [self.program, file, "--port", str(port)]
        line += ["--tls"] * tls + ["--random"] * random
        for name, value in numbers.items():
            line += ["--" + name.replace("_", "-"), str(value)]
        return subprocess.Popen(
            line, stdout=subprocess.PIPE, text=True, preexec_fn=machine.pin(self.core)
        )

    @staticmethod
    def finish(begun):
        out, _ = begun.communicate()
        if begun.returncode != 0:
            raise RuntimeError("the load could not be driven")
        return json.loads(out)

    def run(self, party, file, *, expect, **options):
        """One load to its end. Every answer must have the expected status."""
        port = party.tls_port if options.get("tls") else party.port
        before, load_before = party.processor_seconds(), machine.children_seconds()
        seen = self.finish(self.start(port, file, **options))
        used = party.processor_seconds() - before
        load_used = machine.children_seconds() - load_before
        if set(seen["statuses"]) - {str(expect)} or seen["answers"] == 0:
            raise RuntimeError(f"{party.name} answered {seen['statuses']}, not {expect}")
        party.wait_until_idle()
        answers = seen["answers_with_warm_up"]
        seen["processor_us_per_answer"] = 1e6 * used / answers
        seen["load_processor_us_per_answer"] = 1e6 * load_used / answers
        return seen
