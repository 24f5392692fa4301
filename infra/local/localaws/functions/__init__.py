# SPDX-License-Identifier: Apache-2.0
"""The Lambda service: runs the program of applied functions over the Runtime API."""
from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from localaws.templates.stack import Stack

from .asynchronous import AsynchronousQueue, Failed
from .configuration import Catalogue, Configuration, NoSuchFunction
from .instance import Instance
from .packages import unpack
from .pool import CONCURRENCY, Pool, TooManyRequests
from .runtime_api import Event

__all__ = ["Answer", "Failed", "Functions", "NoSuchFunction", "PayloadTooLarge", "TooManyRequests", "error_of"]

# What Lambda takes of a caller: 6 MB who waits, 1 MB who does not.
PAYLOAD_BYTES_MAX = {"RequestResponse": 6 * 1024 * 1024, "Event": 1024 * 1024}


class PayloadTooLarge(Exception):
    """RequestTooLargeException."""


@dataclass(frozen=True)
class Answer:
    """`error` is X-Amz-Function-Error, `Unhandled`, when the function failed; the payload then says how."""
    payload: bytes
    error: str | None = None
    log: list[str] = field(default_factory=list)
    version: str = ""


class Functions:
    """`log(group, stream, line, role)` receives every line; `on_failure(destination, record, role)` what was given up
    of asynchronous events. `sleep` and `clock` are those of their retries."""

    def __init__(
        self, stacks: Iterable[Stack], *, credentials_for: Callable[[str], Mapping[str, str]],
        fetch_code: Callable[[str, str], bytes], environment: Mapping[str, str] | None = None,
        log: Callable[[str, str, str, str], None] = lambda *_: None,
        on_failure: Callable[[str, Failed, str], None] | None = None, concurrency: int = CONCURRENCY,
        sleep: Callable[[float], None] | None = None, clock: Callable[[], float] = time.time,
    ) -> None:
        self._credentials_for, self._fetch_code = credentials_for, fetch_code
        self._environment = dict(environment or {})
        self._log, self._concurrency = log, concurrency
        self._folder = Path(tempfile.mkdtemp(prefix="localaws-functions-"))
        self._lock = threading.Lock()
        self._tasks: dict[tuple[str, str], Path] = {}
        self._pools: dict[Configuration, Pool] = {}
        self._catalogue = Catalogue()
        self._queue = AsynchronousQueue(self._run_now, on_failure, sleep=sleep, clock=clock)
        self.take(stacks)

    def take(self, stacks: Iterable[Stack]) -> None:
        """Stacks that were applied, for the first time or again."""
        with self._lock:
            self._catalogue.take(stacks)

    def point(self, alias_arn: str, version: str) -> None:
        """UpdateAlias: as a release that is turned back."""
        with self._lock:
            self._catalogue.point(alias_arn, version)

    def invoke(self, arn: str, payload: bytes, *, kind: str = "RequestResponse", trace: str | None = None) -> Answer:
        """Raises NoSuchFunction, TooManyRequests or PayloadTooLarge; what goes wrong in the function is an Answer."""
        if len(payload) > PAYLOAD_BYTES_MAX[kind]:
            raise PayloadTooLarge(f"Request must be smaller than {PAYLOAD_BYTES_MAX[kind]} bytes")
        if kind == "RequestResponse":
            return self._run_now(arn, payload, trace)
        found = self._catalogue.find(arn)
        self._queue.add(found, arn, payload, self._catalogue.asynchronous_of(arn))
        return Answer(b"")

    def wait(self) -> None:
        """Until no asynchronous event is left."""
        self._queue.wait()

    def close(self) -> None:
        self._queue.close()
        with self._lock:
            pools = list(self._pools.values())
        for pool in pools:
            pool.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Functions:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run_now(self, arn: str, payload: bytes, trace: str | None = None) -> Answer:
        with self._lock:
            found = self._catalogue.find(arn)
            pool = self._pool_of(found)
        event, lines = pool.run(payload, arn=arn, trace=trace or new_trace())
        return _answer_of(event, lines, found.version)

    def _pool_of(self, function: Configuration) -> Pool:
        if function not in self._pools:
            limit = self._concurrency if function.reserved is None else function.reserved
            self._pools[function] = Pool(lambda: self._start(function), limit=limit)
        return self._pools[function]

    def _start(self, function: Configuration) -> Instance:
        def tell(stream: str, line: str) -> None:
            self._log(function.log_group, stream, line, function.role)

        return Instance(
            function, self._task_of(function.code), credentials=self._credentials_for(function.role),
            extra=self._environment, tell=tell,
        )

    def _task_of(self, code: tuple[str, str]) -> Path:
        with self._lock:
            if code not in self._tasks:
                self._tasks[code] = unpack(self._fetch_code(*code), self._folder / uuid.uuid4().hex)
            return self._tasks[code]


def _answer_of(event: Event, lines: list[str], version: str) -> Answer:
    if event.failure is not None:
        return Answer(event.failure, "Unhandled", lines, version)
    assert event.answer is not None
    return Answer(event.answer, None, lines, version)


def new_trace() -> str:
    return f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]};Parent={uuid.uuid4().hex[:16]};Sampled=0"


def error_of(answer: Answer) -> dict[str, str]:
    """What a failed answer says: errorType, errorMessage."""
    return json.loads(answer.payload)
