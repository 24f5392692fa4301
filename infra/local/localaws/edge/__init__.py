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

from localaws.gateway.listener import Listener
from localaws.gateway.messages import Headers, Request, Response
from localaws.templates.stack import Stack

from . import certificate, conditional, response_headers
from .behaviours import Behaviour, Behaviours
from .cache import Age, Cache, Kept
from .compression import compressed
from .forwarding import Key, key_of
from .freshness import lifetime_of
from .origins import Origins, StoredObject, reader_of
from .viewer_function import FunctionFailed, ViewerFunction

__all__ = ["Edge", "StoredObject", "reader_of"]

# The airport of the edge, as X-Amz-Cf-Pop names it: none that exists.
PLACE = "LOC1-C1"

# What the origin says and readers never see.
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "upgrade", "via")


class Edge:
    """`read_object(bucket, key)` gives a StoredObject or None. It listens from the start: `http` and `https` are
    ports of 127.0.0.1, and `trust` the file of the certificate. `clock` is that of the cache."""

    def __init__(
        self, stack: Stack, gateway: Any, read_object: Callable[[str, str], StoredObject | None], *, policies: Any,
        clock: Callable[[], float] = time.time, account: str = "123456789012",
    ) -> None:
        distribution = stack.one("AWS::CloudFront::Distribution")
        config = distribution.properties["DistributionConfig"]
        self.domain = distribution.attributes["DomainName"]
        self.names = [*config.get("Aliases", []), self.domain]
        self._root = config.get("DefaultRootObject", "")
        self._error_seconds = {int(each["ErrorCode"]): int(each.get("ErrorCachingMinTTL", 10))
                               for each in config.get("CustomErrorResponses", [])}
        if any(each.get("ResponsePagePath") for each in config.get("CustomErrorResponses", [])):
            raise NotImplementedError("pages of the distribution for errors")
        self._edge = f"{secrets.token_hex(16)}.cloudfront.net"
        self._clock = clock
        self._behaviours = Behaviours(stack, config)
        self._origins = Origins(stack, distribution, gateway=gateway, read_object=read_object, policies=policies,
                                account=account, edge=self._edge)
        self._cache = Cache(clock)
        self._distribution = distribution.ref
        self._functions: dict[str, ViewerFunction] = {}
        self._lock = threading.Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="localaws-edge-"))
        tls, self.trust = certificate.make([*self.names, "localhost"], self._folder)
        self._plain, self._secure = Listener(self.handle), Listener(self.handle, tls)
        self.http, self.https = self._plain.port, self._secure.port

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
            return self._signed(_page(503, "The CloudFront function returned an error", str(failed)))
        if isinstance(request, Response):
            request.headers.set("X-Cache", "FunctionGeneratedResponse from cloudfront")
            return self._signed(request)
        answer = self._find(request, behaviour)
        response_headers.apply(behaviour.response_headers_policy, answer.headers, request)
        return self._signed(conditional.answer(request, answer))

    def invalidate(self, *paths: str) -> int:
        """How many objects it removed. They are gone at once; CloudFront takes its time."""
        return self._cache.invalidate(list(paths))

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
            return _page(403, "Bad request", "This distribution is not configured to allow HTTP")
        if request.method not in behaviour.allowed_methods:
            return _page(403, "Bad request", f"This distribution is not configured to allow {request.method} here")
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
                self._functions[code] = ViewerFunction(code, distribution=self._distribution, domain=self.domain)
        return self._functions[code].run(request)

    # --- the cache ---

    def _find(self, request: Request, behaviour: Behaviour) -> Response:
        if request.method not in behaviour.cached_methods:
            return _told(self._fetch(request, behaviour, None), "Miss")
        key = key_of(request, behaviour, request.method)
        # What GET has brought answers HEAD.
        known = key if request.method != "HEAD" else key_of(request, behaviour, "GET")
        kept = self._cache.find(known) or self._cache.find(key)
        now = self._clock()
        match kept.age(now) if kept else None:
            case Age.FRESH:
                return self._again(kept, "Hit")
            case Age.USABLE:
                self._refresh_later(request, behaviour, known)
                return self._again(kept, "Hit")
        return self._ask(request, behaviour, key, kept)

    def _ask(self, request: Request, behaviour: Behaviour, key: Key, kept: Kept | None) -> Response:
        answer = self._fetch(request, behaviour, kept)
        now = self._clock()
        if answer.status == 304 and kept is not None:
            renewed = _renewed(kept.answer, answer)
            self._keep(key, renewed, behaviour)
            return _told(renewed, "RefreshHit")
        if answer.status >= 500 and kept is not None and kept.is_better_than_an_error(now):
            return self._again(kept, "RefreshHit")
        if behaviour.config.get("Compress"):
            answer = compressed(answer, key.encodings)
        self._keep(key, answer, behaviour)
        return _told(answer, "Miss")

    def _keep(self, key: Key, answer: Response, behaviour: Behaviour) -> None:
        lifetime = lifetime_of(answer, behaviour.cache_policy, self._error_seconds, self._clock())
        self._cache.keep(key, Response(answer.status, answer.headers.copy(), answer.body), lifetime)

    def _fetch(self, request: Request, behaviour: Behaviour, kept: Kept | None) -> Response:
        """Whole, whatever the reader asked for: parts and conditions are cut here."""
        asked = dataclasses.replace(request, headers=request.headers.copy())
        for name in ("if-none-match", "if-modified-since", "if-range", "range"):
            asked.headers.remove(name)
        if kept is not None:
            for name, of in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
                if (value := kept.answer.headers.get(of)) is not None:
                    asked.headers.set(name, value)
        answer = self._origins.ask(asked, behaviour)
        for name in HOP_BY_HOP:
            answer.headers.remove(name)
        if "date" not in answer.headers:
            answer.headers.set("Date", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(self._clock())))
        return answer

    def _refresh_later(self, request: Request, behaviour: Behaviour, key: Key) -> None:
        if not self._cache.begin_refresh(key):
            return

        def refresh() -> None:
            try:
                again = dataclasses.replace(request, method=key.method)
                self._ask(again, behaviour, key, self._cache.find(key))
            finally:
                self._cache.end_refresh(key)

        threading.Thread(target=refresh, daemon=True).start()

    def _again(self, kept: Kept, how: str) -> Response:
        answer = _told(kept.answer, how)
        answer.headers.set("Age", str(int(self._clock() - kept.since)))
        return answer

    def _signed(self, answer: Response) -> Response:
        for name, value in (("Via", f"1.1 {self._edge} (CloudFront)"), ("X-Amz-Cf-Pop", PLACE),
                            ("X-Amz-Cf-Id", secrets.token_urlsafe(40))):
            answer.headers.set(name, value)
        return answer


def _with_path(request: Request, path: str) -> Request:
    return dataclasses.replace(request, target=path + (f"?{request.query}" if request.query else ""))


def _told(answer: Response, how: str) -> Response:
    """A copy, to be changed for one reader."""
    headers = answer.headers.copy()
    headers.set("X-Cache", f"{'Error' if answer.status >= 400 else how} from cloudfront")
    return Response(answer.status, headers, answer.body)


def _renewed(old: Response, told: Response) -> Response:
    """The kept object, with what a 304 says of it (RFC 9111 §3.2)."""
    headers = old.headers.copy()
    for name in ("cache-control", "date", "expires", "etag", "last-modified"):
        if name in told.headers and not (name == "etag" and "content-encoding" in headers):
            headers.set(name, told.headers.get(name) or "")
    return Response(old.status, headers, old.body)


def _page(status: int, title: str, text: str) -> Response:
    html = (
        "<!DOCTYPE html><html><head><title>ERROR: The request could not be satisfied</title></head><body>"
        f"<h1>{status} ERROR</h1><h2>{title}.</h2><p>{text}.</p><p>Generated by cloudfront (CloudFront)</p></body></html>"
    )
    headers = [("Content-Type", "text/html"), ("Server", "CloudFront"), ("X-Cache", "Error from cloudfront")]
    return Response(status, Headers(headers), html.encode())
