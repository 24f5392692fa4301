# SPDX-License-Identifier: Apache-2.0
"""Compression at the edge: "Serve compressed files"."""
from __future__ import annotations

import gzip
import importlib

from localaws.http import Response

# "Conditions for compression".
BYTES_MIN, BYTES_MAX = 1_000, 10_000_000
STATUSES = {200, 403, 404}

# "File types that CloudFront compresses", those that text and programs have.
TYPES = {
    "application/dash+xml", "application/eot", "application/font", "application/font-sfnt", "application/javascript",
    "application/json", "application/opentype", "application/otf", "application/pdf", "application/pkcs7-mime",
    "application/protobuf", "application/rss+xml", "application/truetype", "application/ttf", "application/wasm",
    "application/vnd.apple.mpegurl", "application/vnd.mapbox-vector-tile", "application/vnd.ms-fontobject",
    "application/xhtml+xml", "application/xml", "application/x-font-opentype", "application/x-font-truetype",
    "application/x-font-ttf", "application/x-httpd-cgi", "application/x-javascript", "application/x-mpegurl",
    "application/x-opentype", "application/x-otf", "application/x-perl", "application/x-ttf", "font/eot",
    "font/opentype", "font/otf", "font/ttf", "image/svg+xml", "text/css", "text/csv", "text/html", "text/javascript",
    "text/js", "text/plain", "text/richtext", "text/tab-separated-values", "text/xml", "text/x-component", "text/x-java-source",
    "text/x-script", "vnd.apple.mpegurl",
}


def compressed(answer: Response, accepted: str) -> Response:
    """`accepted`: of the cache key, such as "br,gzip". The answer itself when nothing is to be done."""
    known = accepted.split(",")
    if not _is_worth_it(answer):
        return answer
    if "br" in known and (brotli := _brotli()) is not None:
        return _encoded(answer, "br", brotli.compress(answer.body, quality=5))
    if "gzip" in known:
        return _encoded(answer, "gzip", gzip.compress(answer.body, mtime=0))
    return answer


def _is_worth_it(answer: Response) -> bool:
    plain = (answer.headers.get("content-type") or "").split(";")[0].strip().lower()
    return (answer.status in STATUSES and plain in TYPES and BYTES_MIN <= len(answer.body) <= BYTES_MAX
            and "content-encoding" not in answer.headers)


def _encoded(answer: Response, encoding: str, body: bytes) -> Response:
    headers = answer.headers.copy()
    headers.set("Content-Encoding", encoding)
    vary = headers.get("vary")
    headers.set("Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding")
    etag = headers.get("etag")
    if etag is not None and not etag.startswith("W/"):
        headers.set("ETag", f"W/{etag}")
    return Response(answer.status, headers, body)


def _brotli():
    try:
        return importlib.import_module("brotli")
    except ImportError:
        return None
