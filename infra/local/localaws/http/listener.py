# SPDX-License-Identifier: Apache-2.0
"""HTTP/1.1 on an address of this machine, for whatever answers a Request."""
from __future__ import annotations

import http
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .messages import Headers, Request, Response

# CloudFront takes 20 GB; more than the gateway's 10 MB only to see it refused.
BODY_BYTES_MAX = 64 * 1024 * 1024

# A connection without requests is closed, so that no thread outlives its browser for long.
IDLE_SECONDS = 30


class Listener:
    """At this port, or at one that the kernel chooses."""

    def __init__(
        self, answer: Callable[[Request], Response], tls: ssl.SSLContext | None = None, port: int = 0,
    ) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(answer, tls))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(answer: Callable[[Request], Response], tls: ssl.SSLContext | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = IDLE_SECONDS
        disable_nagle_algorithm = True

        def setup(self) -> None:
            # Here and not where connections are taken: a slow handshake must not hold up the others.
            if tls is not None:
                self.request.settimeout(IDLE_SECONDS)
                self.request = tls.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ssl.SSLError, TimeoutError):
                self.close_connection = True

        def finish(self) -> None:
            try:
                super().finish()
            except (ConnectionError, ssl.SSLError):
                pass
            if tls is not None:
                self.request.close()

        def __getattr__(self, name: str):
            if name.startswith("do_"):
                return self._answer
            raise AttributeError(name)

        def _answer(self) -> None:
            body = self._body()
            if body is None:
                return self.send_error(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            host, port = self.client_address[:2]
            asked = Request(self.command, self.path, Headers(self.headers.items()), body, host, port, tls is not None)
            return self._send(asked, answer(asked))

        def _body(self) -> bytes | None:
            if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                return self._chunks()
            length = int(self.headers.get("Content-Length") or 0)
            return self.rfile.read(length) if length <= BODY_BYTES_MAX else None

        def _chunks(self) -> bytes | None:
            body = bytearray()
            while size := int(self.rfile.readline().split(b";")[0], 16):
                if len(body) + size > BODY_BYTES_MAX:
                    return None
                body += self.rfile.read(size)
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return bytes(body)

        def _send(self, asked: Request, told: Response) -> None:
            self.send_response_only(told.status)
            has_body = asked.method != "HEAD" and told.status not in (204, 304)
            for name, value in told.headers:
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            if told.status != 204:
                self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            if has_body:
                self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            """Whoever answers writes the log."""

    return Handler
