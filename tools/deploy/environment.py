# SPDX-License-Identifier: Apache-2.0
"""What infra/bin/describe.ts says of the environment, and what the caller asked for."""

import dataclasses
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOGS = ROOT / "build/log"
PARTS = ("Edge", "Data", "Api", "Site", "Backup", "Watch", "Probe", "GitHub")   # infra/lib/build.ts
ABROAD = ("Edge", "Probe")   # in us-east-1, whatever the region


@dataclasses.dataclass(frozen=True)
class Environment:
    name: str
    account: str
    options: dict
    names: dict

    @property
    def region(self) -> str:
        return self.options["region"]

    def stack(self, part: str) -> str:
        return f"Palabre-{self.name}-{part}"

    def part_of(self, stack: str) -> str:
        return stack.removeprefix(f"Palabre-{self.name}-")

    @property
    def folder(self) -> pathlib.Path:
        return ROOT / "build/deploy" / self.name


def read(description: pathlib.Path, account: str) -> Environment:
    """Names of buckets hold the number of the account, which describe.ts cannot know."""
    text = description.read_text(encoding="utf-8").replace("${AccountId}", account)
    told = json.loads(text)
    return Environment(told["options"]["environment"], account, told["options"], told["names"])
