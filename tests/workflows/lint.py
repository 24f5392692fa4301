#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds .github/ to the project's own rules, and its scripts to shellcheck. Prints what it finds."""

import subprocess
import sys

import yaml

from commands import ROOT, command_findings
from pipeline import dependabot_findings, missing_nights, missing_steps, project_files
from rules import File, findings


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def shellcheck(name, script):
    """As GitHub runs it: bash -e."""
    ended = subprocess.run(["shellcheck", "--shell=bash", "--external-sources", "--format=gcc", "-"], cwd=ROOT,
                           input=f"set -e\n{script}", check=False, capture_output=True, text=True)
    for line in (ended.stdout + ended.stderr).splitlines():
        yield f"{name}: {line}"


def file_findings(file):
    yield from findings(file)
    for where, step in file.steps():
        if "run" in step:
            yield from shellcheck(f"{file.name}: {where}", step["run"])


def script_findings(name):
    text = read(name)
    for found in command_findings(text):
        yield f"{name}: {found}"
    yield from shellcheck(name, text)


def main():
    names = [name for name in project_files() if name.startswith(".github/")]
    files = {name: File(name, read(name)) for name in names
             if name.startswith((".github/workflows/", ".github/actions/"))}
    scripts = [name for name in names if name.startswith(".github/scripts/")]
    found = [text for file in files.values() for text in file_findings(file)]
    found += [text for name in scripts for text in script_findings(name)]
    found += missing_steps(files[".github/workflows/ci.yml"])
    found += missing_nights(files[".github/workflows/nightly.yml"])
    found += dependabot_findings(yaml.safe_load(read(".github/dependabot.yml")), project_files())
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(files)} workflows and actions, {len(scripts)} scripts")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
