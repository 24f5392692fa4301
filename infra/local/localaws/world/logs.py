# SPDX-License-Identifier: Apache-2.0
"""CloudWatch Logs, written to as Lambda and the gateway do: each line with the rights of whose it is."""
from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from localaws.services.cloud import HOME, Cloud
from localaws.templates import Stack

STREAM_OF_GATEWAY = "live"


class Logs:
    """In a thread of its own, since nobody waits for a log."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._lines: queue.Queue[tuple[str, str, str, str | None] | None] = queue.Queue()
        self._streams: set[tuple[str, str]] = set()
        # What the role of a function was not allowed to write. A test reads it.
        self.refused: list[str] = []
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def of_function(self, group: str, stream: str, line: str, role: str) -> None:
        self._lines.put((group, stream, line, role))

    def of_gateway(self, stack: Stack) -> Callable[[str], None]:
        arn = stack.one("AWS::ApiGateway::Stage").properties["AccessLogSetting"]["DestinationArn"]
        group = arn.split(":log-group:")[1].removesuffix(":*")
        return lambda line: self._lines.put((group, STREAM_OF_GATEWAY, line, None))

    def settle(self) -> None:
        """Until all that was said is written."""
        self._lines.join()

    def close(self) -> None:
        self._lines.put(None)
        self._thread.join()

    def _write(self) -> None:
        while (entry := self._lines.get()) is not None:
            try:
                self._put(*entry)
            except Exception as error:  # the log must not end with one line
                self.refused.append(str(error))
            finally:
                self._lines.task_done()
        self._lines.task_done()

    def _put(self, group: str, stream: str, line: str, role: str | None) -> None:
        client = self._client(role)
        if (group, stream) not in self._streams:
            client.create_log_stream(logGroupName=group, logStreamName=stream)
            self._streams.add((group, stream))
        event = {"timestamp": int(time.time() * 1000), "message": line}
        client.put_log_events(logGroupName=group, logStreamName=stream, logEvents=[event])

    def _client(self, role: str | None) -> Any:
        credentials = self._cloud.session(role, "lambda.amazonaws.com") if role else None
        return self._cloud.client("logs", HOME, credentials)
