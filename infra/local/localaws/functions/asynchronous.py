# SPDX-License-Identifier: Apache-2.0
"""Events that nobody waits for: tried again, and told to a destination when given up."""
from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

from .configuration import AsynchronousSettings, Configuration
from .pool import TooManyRequests

# Lambda waits that long before the second and the third attempt after a function's error.
RETRY_SECONDS = (60, 120)

# A throttled event is tried again after a second, and then ever more seldom up to five minutes.
THROTTLED_SECONDS_MAX = 300

Failed = dict[str, Any]


class AsynchronousQueue:
    def __init__(
        self, run: Callable[..., Any], on_failure: Callable[[str, Failed, str], None] | None, *,
        sleep: Callable[[float], None] | None, clock: Callable[[], float],
    ) -> None:
        self._run, self._on_failure, self._clock = run, on_failure, clock
        self._closing = threading.Event()
        self._sleep = sleep or self._closing.wait
        self._threads: list[threading.Thread] = []

    def add(self, function: Configuration, arn: str, payload: bytes, settings: AsynchronousSettings) -> None:
        job = (function, arn, payload, settings, self._clock())
        thread = threading.Thread(target=self._work, args=job, daemon=True)
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()

    def wait(self) -> None:
        for each in self._threads:
            each.join()

    def close(self) -> None:
        self._closing.set()
        self.wait()

    def _work(
        self, function: Configuration, arn: str, payload: bytes, settings: AsynchronousSettings, since: float,
    ) -> None:
        attempts, throttled, answer = 0, 0, None
        while not self._closing.is_set():
            if self._clock() - since > settings.age_seconds_max:
                return self._give_up(function, payload, settings, answer, attempts, "EventAgeExceeded")
            try:
                answer = self._run(arn, payload)
            except TooManyRequests:
                self._sleep(min(2 ** throttled, THROTTLED_SECONDS_MAX))
                throttled += 1
                continue
            attempts += 1
            if answer.error is None:
                return None
            if attempts > settings.retries:
                return self._give_up(function, payload, settings, answer, attempts, "RetriesExhausted")
            self._sleep(RETRY_SECONDS[attempts - 1])
        return None

    def _give_up(
        self, function: Configuration, payload: bytes, settings: AsynchronousSettings, answer: Any, attempts: int,
        why: str,
    ) -> None:
        if settings.on_failure is None or self._on_failure is None:
            return
        self._on_failure(settings.on_failure, {
            "version": "1.0",
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(self._clock())),
            "requestContext": {
                "requestId": str(uuid.uuid4()),
                "functionArn": f"{function.arn}:{function.version}",
                "condition": why,
                "approximateInvokeCount": attempts,
            },
            "requestPayload": json.loads(payload),
            **(_outcome(function, answer) if answer is not None else {}),
        }, function.role)


def _outcome(function: Configuration, answer: Any) -> Failed:
    return {
        "responseContext": {
            "statusCode": 200, "executedVersion": function.version, "functionError": answer.error,
        },
        "responsePayload": json.loads(answer.payload),
    }
