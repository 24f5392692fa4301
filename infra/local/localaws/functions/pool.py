# SPDX-License-Identifier: Apache-2.0
"""The instances of one version: one for each event that is being answered, kept for the next ones."""
from __future__ import annotations

import threading
from collections.abc import Callable

from .instance import Instance
from .runtime_api import Event

# What a new account may run at once, unless AWS raises it.
CONCURRENCY = 10


class TooManyRequests(Exception):
    """TooManyRequestsException: Rate Exceeded."""


class Pool:
    def __init__(self, start: Callable[[], Instance], *, limit: int) -> None:
        self._start, self._limit = start, limit
        self._lock = threading.Lock()
        self._idle: list[Instance] = []
        self._busy = 0
        self._closed = False

    def run(self, payload: bytes, *, arn: str, trace: str) -> tuple[Event, list[str]]:
        instance = self._take()
        event = None
        try:
            if instance is None:
                instance = self._start()
            event, lines = instance.run(payload, arn=arn, trace=trace)
            return event, lines
        finally:
            self._give_back(instance)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for each in idle:
            each.end()

    def _take(self) -> Instance | None:
        with self._lock:
            if self._busy >= self._limit:
                raise TooManyRequests("Rate Exceeded.")
            self._busy += 1
            while self._idle:
                # The one that was used last, as Lambda does: the others fall asleep.
                instance = self._idle.pop()
                if instance.is_alive:
                    return instance
                instance.end()
            return None

    def _give_back(self, instance: Instance | None) -> None:
        with self._lock:
            self._busy -= 1
            if instance is not None and instance.is_alive and not self._closed:
                self._idle.append(instance)
                return
        if instance is not None:
            instance.end()
