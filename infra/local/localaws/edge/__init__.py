# SPDX-License-Identifier: Apache-2.0
"""CloudFront, as the applied stack of the site describes its distribution: one edge, on this machine."""
from __future__ import annotations

import dataclasses
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from localaws.http import Headers, Listener, Request, Response, certificate
from localaws.templates.stack import Stack

from . import conditional, response_headers
from .behaviours import Behaviour, Behaviours
from .freshness import ERROR_SECONDS
from .origins import Origins, StoredObject, reader_of
from .pages import page
from .serving import Serving
from .viewer_function import FunctionFailed, ViewerFunction

__all__ = ["Edge", "StoredObject", "reader_of"]

# The airport of the edge, as X-Amz-Cf-Pop names it: none that exists.
PLACE = "LOC1-C1"


class Edge:
    """`read_object(bucket, key)` gives a StoredObject or None. It listens from the start: `http` and `https` are
    ports of 127.0.0.1, and `trust` the file of the certificate. `clock` is that of the cache."""

    def __init__(
        self, stack: Stack, gateway: Any, read_object: Callable[[str, str], StoredObject | None], *, policies: Any,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._read_object, self._policies = read_object, policies
        self._edge = f"{secrets.token_hex(16)}.cloudfront.net"
        self._serving = Serving(clock)
        self._functions: dict[str, ViewerFunction] = {}
        self._lock = threading.Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="localaws-edge-"))
        self.take(stack, gateway)
        tls, self.trust = certificate.make([*self.names, "localhost"], self._folder)
        self._plain, self._secure = Listener(self.handle), Listener(self.handle, tls)
        self.http, self.https = self._plain.port, self._secure.port

    def take(self, stack: Stack, gateway: Any) -> None:
        """A stack that was applied again. What was kept is kept, as in CloudFront; the names stay those of the first."""
        distribution = stack.one("AWS::CloudFront::Distribution")
        config = distribution.properties["DistributionConfig"]
        pages = config.get("CustomErrorResponses", [])
        if any(each.get("ResponsePagePath") for each in pages):
            raise NotImplementedError("pages of the distribution for errors")
        self.domain = distribution.attributes["DomainName"]
        self.names = [*config.get("Aliases", []), self.domain]
        self.id, self._root = distribution.ref, config.get("DefaultRootObject", "")
        origins = Origins(stack, distribution, gateway=gateway, read_object=self._read_object,
                          policies=self._policies, edge=self._edge)
        self._serving.take(origins, {
            int(each["ErrorCode"]): int(each.get("ErrorCachingMinTTL", ERROR_SECONDS)) for each in pages})
        self._behaviours = Behaviours(stack, config)

    def handle(self, request: Request) -> Response:
        behaviour = self._behaviours.of(request.path)
        refused = self._refusal(request, behaviour)
        if refused is not None:
            return self._signed(refused)
        if request.path == "/" and self._root:
            request = _with_path(request, f"/{self._root}")
        try:
            request = self._by_function(request, behaviour)
        except FunctionFailed as failed:
            return self._signed(page(503, "The CloudFront function returned an error", str(failed)))
        if isinstance(request, Response):
            request.headers.set("X-Cache", "FunctionGeneratedResponse from cloudfront")
            return self._signed(request)
        answer = self._serving.find(request, behaviour)
        response_headers.apply(behaviour.response_headers_policy, answer.headers, request)
        return self._signed(conditional.answer(request, answer))

    def invalidate(self, *paths: str) -> int:
        """How many objects it removed. They are gone at once; CloudFront takes its time."""
        return self._serving.cache.invalidate(list(paths))

    def close(self) -> None:
        self._plain.close()
        self._secure.close()
        for each in self._functions.values():
            each.close()
        shutil.rmtree(self._folder)

    def __enter__(self) -> Edge:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- before the cache ---

    def _refusal(self, request: Request, behaviour: Behaviour) -> Response | None:
        policy = behaviour.config["ViewerProtocolPolicy"]
        if not request.is_secure and policy == "redirect-to-https":
            return self._to_https(request)
        if not request.is_secure and policy == "https-only":
            return page(403, "Bad request", "This distribution is not configured to allow HTTP")
        if request.method not in behaviour.allowed_methods:
            return page(403, "Bad request", f"This distribution is not configured to allow {request.method} here")
        return None

    def _to_https(self, request: Request) -> Response:
        host = (request.headers.get("host") or self.domain).removesuffix(f":{self.http}")
        port = f":{self.https}" if host != request.headers.get("host") else ""
        status = 301 if request.method in ("GET", "HEAD") else 307
        headers = [("Location", f"https://{host}{port}{request.target}"), ("Content-Type", "text/html"),
                   ("X-Cache", "Redirect from cloudfront")]
        return Response(status, Headers(headers), b"<html><body>Moved</body></html>")

    def _by_function(self, request: Request, behaviour: Behaviour) -> Request | Response:
        code = behaviour.function_code
        if code is None:
            return request
        with self._lock:
            if code not in self._functions:
                self._functions[code] = ViewerFunction(code, distribution=self.id, domain=self.domain)
        return self._functions[code].run(request)

    def _signed(self, answer: Response) -> Response:
        for name, value in (("Via", f"1.1 {self._edge} (CloudFront)"), ("X-Amz-Cf-Pop", PLACE),
                            ("X-Amz-Cf-Id", secrets.token_urlsafe(40))):
            answer.headers.set(name, value)
        return answer


def _with_path(request: Request, path: str) -> Request:
    return dataclasses.replace(request, target=path + (f"?{request.query}" if request.query else ""))
