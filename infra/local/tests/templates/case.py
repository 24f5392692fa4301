# SPDX-License-Identifier: Apache-2.0
"""Tests that ask the services what became of the templates."""
from __future__ import annotations

import unittest
from typing import Any

from localaws.templates import Resource, Stack

from .applied import HOME, Applied, first_applied, second_applied


class AppliedCase(unittest.TestCase):
    """After the first deployment."""

    world: Applied

    @classmethod
    def setUpClass(cls) -> None:
        cls.world = first_applied()

    def client(self, service: str, region: str = HOME) -> Any:
        return self.world.client(service, region)

    def stack(self, part: str, environment: str = "production") -> Stack:
        return self.world.stacks[f"Palabre-{environment}-{part}"]

    def one(self, part: str, type: str, environment: str = "production") -> Resource:
        return self.stack(part, environment).one(f"AWS::{type}")


class UpdatedCase(AppliedCase):
    """After the second one."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.world = second_applied()

    def before(self, part: str) -> Stack:
        return self.world.before[f"Palabre-production-{part}"]
