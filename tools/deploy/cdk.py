# SPDX-License-Identifier: Apache-2.0
"""Runs the CDK's own command line, which is pinned in infra/package.json. All it says goes to a log."""

import collections.abc
import os
import pathlib
import re
import subprocess
import time

from . import say
from .environment import LOGS, ROOT

LAST_LINES = 25   # of the log, when it fails: as show_failure in tools/lib.sh


def context(environment: str, code: str | None, options: str | None) -> list[str]:
    """What the app must hear each time, so that every command sees the same stacks."""
    words = ["-c", f"environment={environment}"]
    if code:
        words += ["-c", f"code={code}"]
    if options:
        words += ["-c", f"options={options}"]
    return words


def run(words: list[str], log_name: str, hear: collections.abc.Callable[[str], None] = lambda line: None) -> str:
    """What it said, once it has ended well; `hear` is given each line as it comes."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{log_name}.log"
    said = []
    with _started(words) as process, open(log, "w", encoding="utf-8") as file:
        for line in process.stdout:
            file.write(line)
            file.flush()
            said.append(line.rstrip("\n"))
            hear(said[-1])
    if process.returncode != 0:
        raise say.Stop(_failure(words, said, log, process.returncode))
    return "\n".join(said)


def _started(words: list[str]) -> subprocess.Popen:
    return subprocess.Popen(
        ["npx", "--no", "--", "cdk", *words, "--no-color"], cwd=ROOT / "infra", text=True, encoding="utf-8",
        errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "CDK_DISABLE_CLI_TELEMETRY": "true"})


def _failure(words: list[str], said: list[str], log: pathlib.Path, status: int) -> str:
    tail = "\n".join(f"    | {line[:300]}" for line in said[-LAST_LINES:])
    return f"`cdk {words[0]}` failed with status {status}:\n{tail}\n    (all of it: {log.relative_to(ROOT)})"


BEGUN = re.compile(r"^(\S+): deploying\.\.\. \[(\d+)/(\d+)\]")
DONE = re.compile(r"^\s*✅\s+(\S+)( \(no changes\))?")
FAILED = re.compile(r"\b(CREATE|UPDATE|DELETE|ROLLBACK)_FAILED\b")


class Progress:
    """Tells of a deployment while it goes on: a line for each stack, and for whatever fails in it."""

    def __init__(self, part_of: collections.abc.Callable[[str], str]):
        self._part_of = part_of
        self._since = time.monotonic()

    def hear(self, line: str) -> None:
        if begun := BEGUN.match(line):
            self._since = time.monotonic()
            say.more(f"{self._part_of(begun[1])} ({begun[2]} of {begun[3]}) …")
        elif done := DONE.match(line):
            seconds = time.monotonic() - self._since
            say.more(f"{self._part_of(done[1])}: " + ("nothing to change" if done[2] else f"done, {seconds:.0f} s"))
        elif FAILED.search(line):
            say.more(line.strip())
