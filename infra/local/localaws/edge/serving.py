# SPDX-License-Identifier: Apache-2.0
"""From the cache where it may be, else from the origin, and then into the cache."""
from __future__ import annotations

import dataclasses
import email.utils
import threading
from collections.abc import Callable

from localaws.http import Request, Response

from .behaviours import Behaviour
from .cache import Age, Cache, Kept
from .compression import compressed
from .forwarding import Key, key_of
from .freshness import lifetime_of
from .origins import Origins

# What the origin says and readers never see.
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "upgrade", "via")


class Serving:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.cache = Cache(clock)

    def take(self, origins: Origins, error_seconds: dict[int, int]) -> None:
        """`error_seconds` is the error caching minimum TTL, by status."""
        self._origins, self._error_seconds = origins, error_seconds

    def find(self, request: Request, behaviour: Behaviour) -> Response:
        """Whole, and to be changed by the caller."""
        if request.method not in behaviour.cached_methods:
            return _told(self._fetch(request, behaviour, None), "Miss")
        key = key_of(request, behaviour, request.method)
        # What GET has brought answers HEAD.
        known = key if request.method != "HEAD" else key_of(request, behaviour, "GET")
        kept = self.cache.find(known) or self.cache.find(key)
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
        self.cache.keep(key, Response(answer.status, answer.headers.copy(), answer.body), lifetime)

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
            answer.headers.set("Date", email.utils.formatdate(self._clock(), usegmt=True))
        return answer

    def _refresh_later(self, request: Request, behaviour: Behaviour, key: Key) -> None:
        if not self.cache.begin_refresh(key):
            return

        def refresh() -> None:
            try:
                again = dataclasses.replace(request, method=key.method)
                self._ask(again, behaviour, key, self.cache.find(key))
            finally:
                self.cache.end_refresh(key)

        threading.Thread(target=refresh, daemon=True).start()

    def _again(self, kept: Kept, how: str) -> Response:
        answer = _told(kept.answer, how)
        answer.headers.set("Age", str(int(self._clock() - kept.since)))
        return answer


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
