# SPDX-License-Identifier: Apache-2.0
"""Commands of the project that a script names: they exist, and their help knows each option."""

import functools
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

COMMAND = re.compile(r"""(?:^|[\s;&|(!])(\./[a-z]+|\.ci/run|\.github/scripts/[\w-]+|(?:tools|tests|bench)/[\w/-]+)
                         (?=[\s;&|)]|$)([^\n;&|)]*)""", re.VERBOSE)
OPTION = re.compile(r"(?<![\w-])--[A-Za-z][\w-]*")
ARRAY = re.compile(r"\$\{(\w+)\[@\]\}")
STEPS = re.compile(r"The steps:\n((?: +[a-z0-9 -]+\n)+)")


@functools.cache
def help_of(command):
    """The text of --help, or None when there is no such command."""
    path = ROOT / command
    if not path.is_file() or not os.access(path, os.X_OK):
        return None
    return subprocess.run([path, "--help"], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60).stdout


def check_steps():
    """The steps that the help of ./check names."""
    return STEPS.search(help_of("./check"))[1].split()


@functools.cache
def options_of(command):
    """A set of options, or None when there is no such command."""
    text = help_of(command)
    if text is None:
        return None
    known = set(OPTION.findall(text))
    if "--STEP" in known:
        known |= {f"--{step}" for step in check_steps()}
    return known


def with_arrays(script):
    """The script with each "${name[@]}" followed by what it ever assigns to name."""
    def contents(found):
        return " ".join(re.findall(rf"^.*\b{found[1]}\+?=\(([^)]*)\)", script, re.MULTILINE))
    return ARRAY.sub(contents, script)


def command_findings(script):
    code = "\n".join(line for line in with_arrays(script).splitlines() if not line.lstrip().startswith("#"))
    for command, rest in COMMAND.findall(code):
        known = options_of(command)
        if known is None:
            yield f"{command} does not exist, or is no program"
            continue
        for option in OPTION.findall(rest):
            if option not in known:
                yield f"{command} has no option {option}"
