# SPDX-License-Identifier: Apache-2.0
"""Measures the figures asked for, one after the other. Started by bench/run."""

import argparse
import dataclasses
import os
import pathlib
import shutil
import sys
import tempfile
import time

import figures
import machine
import picture
from data import Data
from load import Load
from parties import VENV, FastApi, NginxFile, Palabre
from report import Report
from targets import FIGURES

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "bench"


@dataclasses.dataclass(frozen=True)
class Sizes:
    """Of a full run; a smoke run has small ones."""

    seconds: float = 2.0  # of one load
    connections: int = 64
    usual: tuple = (100_000, 5_000)  # comments, sections: 20 comments a page
    small: tuple = (10_000, 500)
    large: tuple = (1_000_000, 50_000)
    walk: int = 100_000
    reads: int = 1_000_000
    rate: int = 1_000  # requests a second where a rate is held
    flood_rate: int = 20_000
    events: int = 1_600  # that a warm function is handed
    settle_seconds: float = 11  # our function keeps pages of sections that were quiet for ten


SMOKE = Sizes(seconds=0.2, connections=8, usual=(1_000, 50), small=(200, 10), large=(2_000, 100), walk=500,
              reads=5_000, rate=200, flood_rate=1_000, events=20, settle_seconds=0)


class Bench:
    """What every measurement uses."""

    def __init__(self, chosen, folder, report):
        self.sizes = SMOKE if chosen.smoke else Sizes()
        self.rounds = 1 if chosen.smoke else chosen.rounds
        self.server_core, load_core = machine.two_cores()
        self.folder = folder
        self.programs = chosen.programs
        self.report = report
        self.group = ""
        self.load = Load(self.programs / "palabre_bench_load", load_core)
        self.data = Data(BUILD / "data", self.programs / "palabre_bench_seed", VENV / "python")

    def palabre(self, name, data, **settings):
        return Palabre(self.folder / name, self.server_core, self.programs / "palabre", data, **settings)

    def nginx(self, name, page, ours):
        return NginxFile(self.folder / name, self.server_core, page, ours.folder)

    def fastapi(self, name, folder):
        made = FastApi(self.folder / name, self.server_core, folder / "fastapi.sqlite")
        self.data.for_fastapi(folder)
        return made

    def tell(self, text):
        self.report.tell(text)

    def keep(self, seen):
        self.report.keep(self.group, seen)


def arguments():
    parser = argparse.ArgumentParser(prog="bench/run")
    parser.add_argument("--programs", type=lambda text: ROOT / text, required=True)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--publish", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("figures", nargs="*", metavar="FIGURE")
    chosen = parser.parse_args()
    chosen.figures = names_of(chosen.figures, parser)
    return chosen


def names_of(words, parser):
    """The figures that are meant by a name, or by its first words: `lambda`, `read_hot`. All by none."""
    found = [name for name in FIGURES if not words or any(f"{name}_".startswith(f"{word}_") for word in words)]
    for word in words:
        if not any(f"{name}_".startswith(f"{word}_") for name in FIGURES):
            parser.error(f"there is no figure {word}; --list names them all")
    return found


def measure(chosen, report):
    groups = list(dict.fromkeys(FIGURES[name].group for name in chosen.figures))
    # On the disk of the build folder: the usual place for temporary files may be memory.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=BUILD))
    try:
        bench = Bench(chosen, folder, report)
        if bench.server_core == bench.load.core:
            report.tell("one core only: server and load share it, and rates mean little")
        for group in groups:
            bench.group = group
            found = getattr(figures, group)(bench)
            for name in chosen.figures:
                if name in found:
                    report.figure(name, found[name])
    finally:
        shutil.rmtree(folder)


def main():
    chosen = arguments()
    if chosen.list:
        for name, about in FIGURES.items():
            print(f"{name:32} {about.target or '-':7} {about.meaning}")
        return
    begun = time.monotonic()
    name = "smoke.json" if chosen.smoke else "report.json"
    report = Report(BUILD / name, chosen.programs, 1 if chosen.smoke else chosen.rounds, not chosen.smoke)
    measure(chosen, report)
    report.write()
    for file, drawn in picture.draw_all(report.all).items():
        (BUILD / file).write_text(drawn)
        if chosen.publish:
            (ROOT / "docs" / "images" / file).write_text(drawn)
    print(f"# {time.monotonic() - begun:.0f} s; all measurements: {os.path.relpath(report.path, ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
