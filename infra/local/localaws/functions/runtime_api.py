# SPDX-License-Identifier: Apache-2.0
"""The Runtime API, version 2018-06-01, as one instance sees it: it asks for events and answers them, one by one."""
from __future__ import annotations

import json
import queue
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What Lambda takes of a function for one event: 6 MB and a little for the envelope.
ANSWER_BYTES_MAX = 6291556


@dataclass
class Event:
    id: str
    payload: bytes
    arn: str
    trace: str
    deadline_ms: int
    done: threading.Event = field(default_factory=threading.Event)
    answer: bytes | None = None
    failure: bytes | None = None  # JSON with errorType and errorMessage

    def succeed(self, answer: bytes) -> None:
        if not self.done.is_set():
            self.answer = answer
            self.done.set()

    def fail(self, kind: str, message: str) -> None:
        self.fail_as(json.dumps({"errorType": kind, "errorMessage": message}).encode())

    def fail_as(self, failure: bytes) -> None:
        if not self.done.is_set():
            self.failure = failure
            self.done.set()


class RuntimeApi:
    """`freeze` is called when the instance has nothing to do, `thaw` before it is given something."""

    def __init__(self, *, freeze: Callable[[], None], thaw: Callable[[], None]) -> None:
        self._freeze, self._thaw = freeze, thaw
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._current: Event | None = None
        self.ready = threading.Event()  # it has asked for its first event, or will never
        self.start_failure: bytes | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host}:{port}"

    def hand(self, event: Event) -> None:
        self._events.put(event)

    def close(self) -> None:
        self._events.put(None)
        self._server.shutdown()
        self._server.server_close()

    # --- what the instance calls ---

    def next(self) -> Event | None:
        self.ready.set()
        self._current = None
        if self._events.empty():
            self._freeze()
        self._current = self._events.get()
        self._thaw()
        return self._current

    def respond(self, id: str, answer: bytes) -> int:
        event = self._awaited(id)
        if event is None:
            return 403
        if len(answer) > ANSWER_BYTES_MAX:
            event.fail("Function.ResponseSizeTooLarge",
                       f"Response payload size exceeded maximum allowed payload size ({ANSWER_BYTES_MAX} bytes).")
            return 413
        event.succeed(answer)
        return 202

    def fail(self, id: str, failure: bytes) -> int:
        event = self._awaited(id)
        if event is None:
            return 403
        event.fail_as(failure)
        return 202

    def fail_start(self, failure: bytes) -> int:
        self.start_failure = failure
        self.ready.set()
        return 202

    def _awaited(self, id: str) -> Event | None:
        event = self._current
        return event if event is not None and event.id == id and not event.done.is_set() else None


PATHS = re.compile(r"/2018-06-01/runtime/(?:init/(?P<init>error)|invocation/(?P<id>[^/]+)/(?P<how>response|error))")


def _handler(api: RuntimeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path != "/2018-06-01/runtime/invocation/next":
                return self._say(404)
            event = api.next()
            if event is None:
                self.close_connection = True
                return None
            return self._say(200, event.payload, {
                "Lambda-Runtime-Aws-Request-Id": event.id,
                "Lambda-Runtime-Deadline-Ms": str(event.deadline_ms),
                "Lambda-Runtime-Invoked-Function-Arn": event.arn,
                "Lambda-Runtime-Trace-Id": event.trace,
            })

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = PATHS.fullmatch(self.path)
            if asked is None:
                return self._say(404)
            if asked["init"]:
                status = api.fail_start(body)
            else:
                status = (api.respond if asked["how"] == "response" else api.fail)(asked["id"], body)
            return self._say(status, b'{"status":"OK"}' if status == 202 else b'{"errorType":"InvalidRequestID"}')

        def _say(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except ConnectionError:
                self.close_connection = True  # the instance was ended

        def log_message(self, *_: object) -> None:
            """Instances have a log of their own."""

    return Handler


def now_ms() -> int:
    return int(time.time() * 1000)
