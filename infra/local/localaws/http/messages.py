# SPDX-License-Identifier: Apache-2.0
"""HTTP requests and answers as values: what edge and gateway hand to each other."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


class Headers:
    """Fields in their order. Names have no case."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields = list(fields)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._fields)

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def get(self, name: str) -> str | None:
        """Several fields of one name are one list (RFC 9110 §5.3)."""
        found = self.all(name)
        return ", ".join(found) if found else None

    def all(self, name: str) -> list[str]:
        return [value for key, value in self._fields if key.lower() == name.lower()]

    def names(self) -> list[str]:
        """Each once, as it was first written."""
        return list({key.lower(): key for key, _ in reversed(self._fields)}.values())[::-1]

    def add(self, name: str, value: str) -> None:
        self._fields.append((name, value))

    def set(self, name: str, value: str) -> None:
        self.remove(name)
        self.add(name, value)

    def remove(self, name: str) -> None:
        self._fields = [(key, value) for key, value in self._fields if key.lower() != name.lower()]

    def copy(self) -> Headers:
        return Headers(self._fields)


@dataclass
class Request:
    method: str
    target: str  # path and query, as they were sent
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    source_ip: str = "127.0.0.1"
    source_port: int = 0
    is_secure: bool = True

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


@dataclass
class Response:
    status: int
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
