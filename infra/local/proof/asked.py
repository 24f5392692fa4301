# SPDX-License-Identifier: Apache-2.0
"""What roles asked of themselves, apart from what a test made them ask."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from localaws.services.judge import Judged
from localaws.world import World

_provoked: list[range] = []


@contextmanager
def provoking(world: World) -> Iterator[None]:
    """What is asked meanwhile may be refused, and proves no need."""
    since = len(world.cloud.judged)
    try:
        yield
    finally:
        world.logs.settle()
        _provoked.append(range(since, len(world.cloud.judged)))


def asked_by(world: World, role: str) -> list[Judged]:
    return [each for number, each in enumerate(world.cloud.judged)
            if each.principal == role and not any(number in each_range for each_range in _provoked)]
