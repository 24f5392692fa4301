# SPDX-License-Identifier: Apache-2.0
"""Lines for a reader, and report.json for everything else."""

import json
import os
import statistics
import subprocess

import machine
from parties import VENV
from targets import FIGURES


def versions(programs):
    """What was measured, by its own word."""
    def first_line(*command):
        try:
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        return (ran.stdout or ran.stderr).strip().splitlines()[0]

    found = {
        "palabre": first_line(programs / "palabre", "--version"),
        "nginx": first_line("/usr/sbin/nginx", "-v"),
    }
    for package in ("fastapi", "uvicorn", "isso", "gunicorn"):
        line = f"import importlib.metadata as m; print(m.version('{package}'))"
        found[package] = first_line(VENV / "python", "-c", line)
    return found


class Report:
    def __init__(self, path, programs, rounds, judged):
        self.path = path
        self.judged = judged  # a smoke run measures too little to be held to a target
        self.all = {
            "machine": machine.describe(), "versions": versions(programs), "rounds": rounds,
            "figures": {}, "measurements": {}, "notes": [],
        }

    def tell(self, text):
        if text not in self.all["notes"]:
            self.all["notes"].append(text)
            print(f"# {text}", flush=True)

    def keep(self, group, seen):
        self.all["measurements"].setdefault(group, {}).update(seen)

    def figure(self, name, by_round):
        value = statistics.median(by_round)
        about = FIGURES[name]
        one = {"value": value, "unit": about.unit, "rounds": by_round}
        line = f"{name:32} {value:8.2f} {about.unit:3}"
        if about.target and self.judged:
            one["target"], one["met"] = about.target, about.met(value)
            line += f" # target {about.target}: {'met' if one['met'] else 'MISSED'}"
        self.all["figures"][name] = one
        print(line, flush=True)

    def write(self):
        self.all["machine"]["load_average_1min_at_end"] = os.getloadavg()[0]
        self.path.write_text(json.dumps(self.all, indent=1) + "\n")
