# SPDX-License-Identifier: Apache-2.0
"""localaws.templates, and somebody who hears of what it made."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localaws import templates
from localaws.templates import Stack

Hearing = Callable[[Stack], None]


class Applier:
    def __init__(self, applied: Hearing, removed: Hearing) -> None:
        self._applied, self._removed = applied, removed

    def apply(self, template: dict, **more: Any) -> Stack:
        stack = templates.apply(template, **more)
        self._applied(stack)
        return stack

    def take_in(self, template: dict, identifiers: dict, **more: Any) -> Stack:
        """Nobody hears of it: a stack that has no more than what was imported does nothing yet."""
        return templates.take_in(template, identifiers, **more)

    def remove(self, template: dict, stack: Stack, *, client: Callable) -> None:
        # First, so that nobody is sent to what is going.
        self._removed(stack)
        templates.remove(template, stack, client=client)
