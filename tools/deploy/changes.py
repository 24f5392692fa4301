# SPDX-License-Identifier: Apache-2.0
"""What a deployment would change, read from `cdk diff`, and whether data would be lost by it.

`cdk diff` asks CloudFormation for a change set where a stack exists, and so knows what would be replaced.
It prints a line for each resource; tests/deploy/changes_test.py reads what the pinned CDK really prints.
"""

import dataclasses
import re

from . import say

# A new one of these is empty, and what the old one held is out of reach of the site.
HOLDS_DATA = {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool", "AWS::SecretsManager::Secret"}
LOSES = {"destroy", "orphan", "replace", "may be replaced"}

STACK = re.compile(r"^(?:\[[^]]*\] )?Stack (\S+)")
RESOURCE = re.compile(r"^\[([-+~←])\] (AWS::\S+|Custom::\S+) (.*?)"
                      r"(?: (destroy|orphan|replace|may be replaced|import))?$")
VERBS = {"+": "new", "~": "changed", "-": "gone"}


@dataclasses.dataclass(frozen=True)
class Change:
    stack: str
    verb: str     # new, changed, gone
    type: str
    name: str     # the logical id
    fate: str     # "", or what the CDK says becomes of the old one: replace, destroy, …

    @property
    def loses_data(self) -> bool:
        return self.type in HOLDS_DATA and self.fate in LOSES


def read(text: str) -> list[Change]:
    found, stack = [], ""
    for line in text.splitlines():
        if begun := STACK.match(line.strip()):
            stack = begun[1]
        elif resource := RESOURCE.match(line):
            sign, kind, names, fate = resource.groups()
            found.append(Change(stack, VERBS.get(sign, "changed"), kind, names.split()[-1], fate or ""))
    return found


def show(changes: list[Change], part_of) -> None:
    if not changes:
        say.step("changes", "none: what stands there is what would be deployed")
    for number, stack in enumerate(dict.fromkeys(change.stack for change in changes)):
        own = [change for change in changes if change.stack == stack]
        say.step("" if number else "changes", f"{part_of(stack)}: {_counted(own)}")
        for change in own:
            if change.fate or change.verb == "gone":
                say.more(f"  {change.type} {change.name}: {change.fate or change.verb}")


def _counted(changes: list[Change]) -> str:
    verbs = [change.verb for change in changes]
    return ", ".join(f"{verbs.count(verb)} {verb}" for verb in dict.fromkeys(verbs))


def guard(changes: list[Change], given_up: list[str]) -> None:
    """Refuses what would lose data, unless each thing was named."""
    lost = [change for change in changes if change.loses_data and change.name not in given_up]
    if not lost:
        return
    lines = [f"  {change.name} ({change.type}, {change.stack}): {change.fate}" for change in lost]
    raise say.Stop("This would take away what holds data:\n" + "\n".join(lines) + "\nIf that is what you want: " +
                   " ".join(f"--give-up {change.name}" for change in lost), say.REFUSED)
