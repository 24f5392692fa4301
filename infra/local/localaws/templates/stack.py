# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Resource:
    logical: str
    type: str
    properties: dict  # intrinsics resolved
    ref: str
    attributes: dict[str, str]


@dataclass
class Stack:
    name: str
    region: str
    resources: dict[str, Resource]
    outputs: dict[str, str]

    def of_type(self, type: str) -> list[Resource]:
        return [each for each in self.resources.values() if each.type == type]

    def one(self, type: str) -> Resource:
        """Raises unless there is exactly one."""
        found = self.of_type(type)
        if len(found) != 1:
            raise LookupError(f"{self.name} has {len(found)} of {type}")
        return found[0]
