# SPDX-License-Identifier: Apache-2.0
"""Conditional requests and ranges (RFC 9110 §13, §14), for answers that are whole."""
from __future__ import annotations

import email.utils
import re

from localaws.http import Headers, Request, Response

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def answer(request: Request, whole: Response) -> Response:
    if whole.status != 200 or request.method not in ("GET", "HEAD"):
        return whole
    if is_unchanged(request, whole):
        told = Headers((name, value) for name, value in whole.headers if not name.lower().startswith("content-"))
        return Response(304, told)
    return _part(request, whole)


def is_unchanged(request: Request, whole: Response) -> bool:
    etag, tags = whole.headers.get("etag"), request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or (etag is not None and _plain(etag) in map(_plain, tags.split(",")))
    since, modified = _time(request.headers.get("if-modified-since")), _time(whole.headers.get("last-modified"))
    return since is not None and modified is not None and modified <= since


def _part(request: Request, whole: Response) -> Response:
    """One range; several are answered with the whole, as a server may."""
    asked = RANGE.fullmatch((request.headers.get("range") or "").strip())
    if asked is None or asked[0] == "bytes=-" or request.method != "GET":
        return whole
    if whole.headers.get("accept-ranges") != "bytes" or not _is_same(request.headers.get("if-range"), whole):
        return whole
    size = len(whole.body)
    first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
    last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
    headers = whole.headers.copy()
    if first >= size or (asked[1] and asked[2] and int(asked[2]) < first) or asked[0] == "bytes=-0":
        headers.set("Content-Range", f"bytes */{size}")
        return Response(416, headers)
    headers.set("Content-Range", f"bytes {first}-{last}/{size}")
    return Response(206, headers, whole.body[first:last + 1])


def _is_same(given: str | None, whole: Response) -> bool:
    return given is None or given in (whole.headers.get("etag"), whole.headers.get("last-modified"))


def _plain(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _time(text: str | None) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(text).timestamp() if text else None
    except ValueError:
        return None
