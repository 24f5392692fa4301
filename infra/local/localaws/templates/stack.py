# SPDX-License-Identifier: Apache-2.0
"""A template as it was applied."""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Resource:
    logical: str
    type: str
    properties: dict  # intrinsics and dynamic references resolved
    ref: str
    attributes: dict[str, str]
    # As `properties`, but with {{resolve:…}} left as it stands. CloudFormation compares these, so that
    # a secret with a new value changes nothing until something else does.
    written: dict = field(default_factory=dict)
    retained: bool = False  # stays when it leaves the template


@dataclass
class Stack:
    name: str
    region: str
    account: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)  # in the order in which they were made
    outputs: dict[str, str] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)

    def of_type(self, type: str) -> list[Resource]:
        return [each for each in self.resources.values() if each.type == type]

    def one(self, type: str) -> Resource:
        found = self.of_type(type)
        if len(found) != 1:
            raise LookupError(f"{self.name} has {len(found)} of {type}, not one")
        return found[0]
