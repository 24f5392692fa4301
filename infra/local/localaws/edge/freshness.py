# SPDX-License-Identifier: Apache-2.0
"""For how long CloudFront keeps an answer: "Manage how long content stays in the cache", and errors apart."""
from __future__ import annotations

import email.utils
import math
import re
from dataclasses import dataclass
from typing import Any

from localaws.http import Headers, Response

# The error caching minimum TTL of a distribution that says nothing of it.
ERROR_SECONDS = 10

# "HTTP 4xx and 5xx status codes that CloudFront caches": always, and only when the origin names a time.
ERRORS_KEPT = {404, 410, 414, 500, 501, 502, 503, 504}
ERRORS_KEPT_BY_NAME = {400, 403, 405, 412, 415}
# "Control how long CloudFront caches errors": of these alone does no-store keep the answer out.
ERRORS_THAT_MAY_REFUSE = {404, 410, 414, 501}

KEPT = {200, 203, 204, 206, 300, 301, 302, 307, 308}


@dataclass(frozen=True)
class Lifetime:
    """`fresh` seconds from now; then stale, but for a while given at once and asked for anew, or better than errors."""
    is_kept: bool = False
    fresh: float = 0
    while_revalidating: float = 0
    # CloudFront prefers any old object to a 5xx, unless the origin says for how long.
    if_error: float = math.inf


def lifetime_of(answer: Response, policy: dict[str, Any], error_seconds: dict[int, int], now: float) -> Lifetime:
    least, most = float(policy["MinTTL"]), float(policy["MaxTTL"])
    control = directives(answer.headers)
    if answer.status >= 400:
        seconds = _of_error(answer, control, most, error_seconds, now)
        return Lifetime(seconds > 0, seconds, if_error=0)
    if answer.status not in KEPT:
        return Lifetime()
    if {"no-store", "no-cache", "private"} & control.keys():
        return Lifetime(least > 0, least, if_error=0)
    named = _named(answer.headers, control, now)
    fresh = float(policy["DefaultTTL"]) if named is None else named
    fresh = min(max(fresh, least), most)
    # Whatever is kept beyond its time is bounded by the longest time as well.
    rest = max(most - fresh, 0)
    if_error = _seconds(control, "stale-if-error")
    return Lifetime(
        True, fresh, min(_seconds(control, "stale-while-revalidate") or 0, rest),
        math.inf if if_error is None else min(if_error, rest),
    )


def _of_error(
    answer: Response, control: dict[str, str], most: float, error_seconds: dict[int, int], now: float,
) -> float:
    minimum = float(error_seconds.get(answer.status, ERROR_SECONDS))
    named = _named(answer.headers, control, now)
    if answer.status in ERRORS_KEPT_BY_NAME:
        is_named = "max-age" in control or "s-maxage" in control
        return max(minimum, min(named or 0, most)) if is_named else 0
    if answer.status not in ERRORS_KEPT:
        return 0
    if answer.status in ERRORS_THAT_MAY_REFUSE and {"no-store", "no-cache", "private"} & control.keys():
        return 0
    return max(minimum, min(named or 0, most))


def directives(headers: Headers) -> dict[str, str]:
    """Of Cache-Control, lower case."""
    text = headers.get("cache-control") or ""
    found = re.findall(r'([A-Za-z-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;]+)))?', text)
    return {name.lower(): quoted or plain for name, quoted, plain in found}


def _named(headers: Headers, control: dict[str, str], now: float) -> float | None:
    for name in ("s-maxage", "max-age"):
        if (seconds := _seconds(control, name)) is not None:
            return seconds
    expires = headers.get("expires")
    if expires is None:
        return None
    try:
        return max(email.utils.parsedate_to_datetime(expires).timestamp() - now, 0)
    except ValueError:
        return 0  # "0" and the like: it has expired


def _seconds(control: dict[str, str], name: str) -> float | None:
    text = control.get(name)
    return float(text) if text is not None and text.isdecimal() and math.isfinite(float(text)) else None
