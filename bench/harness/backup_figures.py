# SPDX-License-Identifier: Apache-2.0
"""Backups and restores beside SQLite's own online backup and a plain copy of the file, each synced."""

import os
import shutil
import sqlite3
import subprocess
import time

import data
import machine
from parties import fill


def timed(work):
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def synced(path):
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def plain_copy(database, to):
    shutil.copyfile(database, to)
    synced(to)


def sqlite_backup(database, to):
    with sqlite3.connect(database) as living, sqlite3.connect(to) as copy:
        living.backup(copy)
    copy.close()
    living.close()
    synced(to)


def backup(bench):
    """The program does what an owner has it do: a backup of a folder at rest, and back again."""
    count, sections = bench.sizes.large
    made = bench.data.comments(count, sections, lines=False)
    home = bench.folder / "home"
    home.mkdir()
    plain_copy(made / data.DATABASE, home / data.DATABASE)
    config = fill("backup.toml", bench.folder / "backup.toml", data=home, backups=bench.folder / "backups")

    def palabre(*words):
        subprocess.run(
            [bench.programs / "palabre", *words, "--config", config], check=True, capture_output=True,
            preexec_fn=machine.pin(bench.server_core))

    seen = {"backup": [], "restore": [], "sqlite": [], "copy": []}
    for _ in range(min(bench.rounds, 3)):
        for name, work in (
            ("copy", lambda: plain_copy(home / data.DATABASE, bench.folder / "copy")),
            ("sqlite", lambda: sqlite_backup(home / data.DATABASE, bench.folder / "online")),
            ("backup", lambda: palabre("backup", "make")),
            ("restore", lambda: palabre("restore", "latest")),
        ):
            seen[name].append(count / timed(work))
        for left in home.glob("before-restore-*"):
            shutil.rmtree(left)
        (bench.folder / "online").unlink()
    bench.keep(seen)

    def over(name, other):
        return [a / b for a, b in zip(seen[name], seen[other])]

    return {
        "backup_rate": seen["backup"],
        "backup_vs_sqlite": over("backup", "sqlite"),
        "backup_vs_copy": over("backup", "copy"),
        "restore_rate": seen["restore"],
        "restore_vs_sqlite": over("restore", "sqlite"),
        "restore_vs_copy": over("restore", "copy"),
    }
