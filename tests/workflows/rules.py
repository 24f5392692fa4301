# SPDX-License-Identifier: Apache-2.0
"""The project's own rules for its workflows: what actionlint and the schemas do not ask.

Every rule takes a File and yields what is wrong, as text.
"""

import dataclasses
import pathlib
import re

import yaml

from commands import command_findings

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
LABELLED = re.compile(r"uses:\s*\S+@[0-9a-f]{40}\s+# v\d+(\.\d+)*$")
# They run with the rights of the repository, on what a stranger wrote.
PRIVILEGED_TRIGGERS = {"pull_request_target", "workflow_run", "issue_comment"}
TIMEOUT_MINUTES_MAX = 300   # GitHub's own limit is 360: who needs more should look why
# What a job may ask for; id-token only where something is deployed.
MAY_ASK = {("contents", "read"), ("actions", "read")}


@dataclasses.dataclass
class File:
    name: str   # from the root of the project
    text: str

    def __post_init__(self):
        self.data = yaml.safe_load(self.text)
        self.is_workflow = "jobs" in self.data

    @property
    def triggers(self):
        on = self.data.get(True, self.data.get("on"))   # YAML 1.1 reads `on` as true
        return {on} if isinstance(on, str) else set(on)

    @property
    def jobs(self):
        return self.data["jobs"] if self.is_workflow else {}

    def steps(self):
        """Where, and the step; those of a composite action too."""
        holders = self.jobs if self.is_workflow else {"runs": self.data["runs"]}
        for name, holder in holders.items():
            for number, step in enumerate(holder.get("steps", []), 1):
                yield f"{name}, step {number}", step

    def uses(self):
        for name, job in self.jobs.items():
            if "uses" in job:
                yield name, job
        for where, step in self.steps():
            if "uses" in step:
                yield where, step


def pinned(file):
    for where, step in file.uses():
        if not step["uses"].startswith("./") and not PINNED.fullmatch(step["uses"]):
            yield f"{where}: {step['uses']} is not pinned by the 40 digits of a commit"
    for number, line in enumerate(file.text.splitlines(), 1):
        if re.match(r"\s*(- )?uses:\s*[^.\s]", line) and not LABELLED.search(line):
            yield f"line {number}: no comment says which version this is, as in: # v1.2.3"


def permissions(file):
    if not file.is_workflow:
        return
    if file.data.get("permissions") != {}:
        yield "no `permissions: {}` at the top: a job without its own would get more than it needs"
    for name, job in file.jobs.items():
        asked = job.get("permissions")
        if not isinstance(asked, dict):
            yield f"{name}: no permissions of its own, by name"
            continue
        deploys = file.name.endswith("/deploy.yml") and "environment" in job
        allowed = MAY_ASK | {("id-token", "write")} if deploys else MAY_ASK
        for scope, access in asked.items():
            if (scope, access) not in allowed:
                yield f"{name}: may not ask for {scope}: {access}"


def triggers(file):
    if file.is_workflow:
        for trigger in sorted(file.triggers & PRIVILEGED_TRIGGERS):
            yield f"{trigger} runs a stranger's change with the repository's rights"


def no_expression_in_shell(file):
    for where, step in file.steps():
        if "${{" in step.get("run", ""):
            yield f"{where}: an expression becomes part of the script; hand it over in env"


def no_secret(file):
    if re.search(r"\$\{\{[^}]*\bsecrets\b|^\s*secrets:", file.text, re.MULTILINE):
        yield "a stored secret: AWS is reached by OIDC, GitHub by github.token"


def timeouts(file):
    for name, job in file.jobs.items():
        if "uses" in job:
            continue   # has none: the jobs of the called workflow have
        minutes = job.get("timeout-minutes")
        if not isinstance(minutes, int) or not 0 < minutes <= TIMEOUT_MINUTES_MAX:
            yield f"{name}: timeout-minutes must be a number up to {TIMEOUT_MINUTES_MAX}"


def concurrency(file):
    deploying = {name: job for name, job in file.jobs.items() if "environment" in job}
    for name, job in deploying.items():
        if job.get("concurrency", {}).get("cancel-in-progress") is not False:
            yield f"{name}: deploys, so it needs a concurrency group with cancel-in-progress: false"
    if file.is_workflow and not deploying and "concurrency" not in file.data:
        yield "no concurrency group"


def runners_of(job):
    """All that a job runs on, by its matrix too."""
    given = job.get("runs-on", "")
    if given == "${{ matrix.runner }}":
        return job["strategy"]["matrix"]["runner"]
    return given if isinstance(given, list) else [given]


def runners(file):
    for name, job in file.jobs.items():
        for label in runners_of(job):
            if label.endswith("-latest"):
                yield f"{name}: {label} changes without a commit of ours"


def checkouts(file):
    for where, step in file.uses():
        if step["uses"].startswith("actions/checkout@") and \
                step.get("with", {}).get("persist-credentials") is not False:
            yield f"{where}: persist-credentials: false keeps GitHub's token from what runs later"


def local_actions(file):
    """An action of ours is named with inputs that it has, and with all it requires."""
    for where, step in file.uses():
        action = pathlib.Path(step["uses"], "action.yml")
        if not step["uses"].startswith("./.github/actions/"):
            continue
        if not action.is_file():
            yield f"{where}: {step['uses']} does not exist"
            continue
        inputs = yaml.safe_load(action.read_text(encoding="utf-8"))["inputs"]
        given = step.get("with", {})
        for name in given.keys() - inputs.keys():
            yield f"{where}: {step['uses']} has no input {name}"
        for name, described in inputs.items():
            if described.get("required") and name not in given:
                yield f"{where}: {step['uses']} requires {name}"


def commands(file):
    for where, step in file.steps():
        for text in command_findings(step.get("run", "")):
            yield f"{where}: {text}"
        if step.get("uses") == "./.github/actions/check":
            for text in command_findings(f"./check {step.get('with', {}).get('arguments', '')}"):
                yield f"{where}: {text}"


RULES = [pinned, permissions, triggers, no_expression_in_shell, no_secret, timeouts, concurrency, runners,
         checkouts, local_actions, commands]


def findings(file):
    for rule in RULES:
        for text in rule(file):
            yield f"{file.name}: {text}"
