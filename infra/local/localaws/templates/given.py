# SPDX-License-Identifier: Apache-2.0
"""The properties of a resource, each to be taken by its handler."""
from __future__ import annotations

from typing import Any

from .errors import UnknownProperty

_REQUIRED = object()


class Given:
    """What is left when the handler is done is an error: it would have been lost."""

    def __init__(self, properties: dict, path: str = "") -> None:
        self._left = dict(properties)
        self._path = path
        self._parts: list[Given] = []

    def take(self, name: str, otherwise: Any = _REQUIRED) -> Any:
        if name not in self._left and otherwise is _REQUIRED:
            raise UnknownProperty(f"{self._path}{name} is wanted")
        return self._left.pop(name, otherwise)

    def part(self, name: str) -> Given:
        """A property whose own properties are taken one by one; empty if there is none."""
        part = Given(self.take(name, {}), f"{self._path}{name}.")
        self._parts.append(part)
        return part

    def parts(self, name: str) -> list[Given]:
        made = [Given(each, f"{self._path}{name}[].") for each in self.take(name, [])]
        self._parts += made
        return made

    def rest(self) -> dict:
        """All that is left. Whoever asks passes it on, and the shape of the API judges it."""
        left, self._left = self._left, {}
        return left

    def done(self) -> None:
        if self._left:
            raise UnknownProperty(f"nobody reads {', '.join(self._path + each for each in self._left)}")
        for each in self._parts:
            each.done()
