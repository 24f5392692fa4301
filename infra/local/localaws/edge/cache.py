# SPDX-License-Identifier: Apache-2.0
"""What one edge has kept. One edge and one place: no regional caches, no eviction but by invalidation."""
from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from localaws.http import Response

from .behaviours import matches
from .forwarding import Key
from .freshness import Lifetime


class Age(Enum):
    FRESH = "fresh"
    USABLE = "usable"  # stale, but may be given while it is asked for anew
    STALE = "stale"


@dataclass
class Kept:
    answer: Response
    lifetime: Lifetime
    since: float

    def age(self, now: float) -> Age:
        stale_for = now - self.since - self.lifetime.fresh
        if stale_for < 0:
            return Age.FRESH
        return Age.USABLE if stale_for < self.lifetime.while_revalidating else Age.STALE

    def is_better_than_an_error(self, now: float) -> bool:
        return now - self.since - self.lifetime.fresh < self.lifetime.if_error


class Cache:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[Key, Kept] = {}
        self._asked: set[Key] = set()

    def find(self, key: Key) -> Kept | None:
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Key, answer: Response, lifetime: Lifetime) -> None:
        with self._lock:
            if lifetime.is_kept:
                self._kept[key] = Kept(answer, lifetime, self._clock())
            elif answer.status < 500:
                # It was there and may no longer be kept: the old one must not come back.
                self._kept.pop(key, None)

    def begin_refresh(self, key: Key) -> bool:
        """Whether the caller is the one who asks; it ends with end_refresh."""
        with self._lock:
            if key in self._asked:
                return False
            self._asked.add(key)
            return True

    def end_refresh(self, key: Key) -> None:
        with self._lock:
            self._asked.discard(key)

    def invalidate(self, paths: list[str]) -> int:
        """As CreateInvalidation: /a, /a*, /*; an asterisk only at the end. The query belongs to the path."""
        for path in paths:
            if not path.startswith("/") or "*" in path[:-1]:
                raise ValueError(f"InvalidArgument: your request contains an invalid invalidation path: {path}")
        with self._lock:
            gone = [key for key in self._kept if any(_is_meant(path, key) for path in paths)]
            for key in gone:
                del self._kept[key]
            return len(gone)


def _is_meant(path: str, key: Key) -> bool:
    whole = f"{key.path}?{key.query}" if key.query else key.path
    if path.endswith("*"):
        return matches(path, whole)
    return path in (key.path, whole)
