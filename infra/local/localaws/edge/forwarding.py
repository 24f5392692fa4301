# SPDX-License-Identifier: Apache-2.0
"""What of a reader's request is part of the cache key, and what reaches the origin: two policies, and CloudFront's own."""
from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from localaws.http import Headers, Request

from .behaviours import Behaviour

# What CloudFront makes itself, when a policy names it.
VIEWER_ADDRESS = "cloudfront-viewer-address"

USER_AGENT = "Amazon CloudFront"

# What origins see as their client: an address for documentation (RFC 5737).
EDGE_ADDRESS = "198.51.100.1"


@dataclass(frozen=True)
class Key:
    """Requests with equal keys get the same object."""
    behaviour: str
    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str | None], ...]
    cookies: str
    encodings: str


def key_of(request: Request, behaviour: Behaviour, method: str) -> Key:
    given = behaviour.cache_policy["ParametersInCacheKeyAndForwardedToOrigin"]
    names = _listed(given["HeadersConfig"], "HeaderBehavior", "Headers", ("none", "whitelist"))
    return Key(
        behaviour.pattern, method, request.path, _query(request, [given]),
        tuple(sorted((name, _header(request, name)) for name in names)), _cookies(request, [given]),
        accepted_encodings(request, given),
    )


def forwarded(request: Request, behaviour: Behaviour, *, host: str, origin: dict[str, Any], edge: str) -> Request:
    """As the origin sees it. `edge` is the name by which this edge signs Via."""
    key = behaviour.cache_policy["ParametersInCacheKeyAndForwardedToOrigin"]
    more = behaviour.origin_request_policy
    policies = [key] if more is None else [key, more]
    names = _listed(key["HeadersConfig"], "HeaderBehavior", "Headers", ("none", "whitelist"))
    if more is not None:
        names |= _listed(more["HeadersConfig"], "HeaderBehavior", "Headers", ("none", "whitelist"))
    headers = Headers((name, value) for name in sorted(names) if (value := _header(request, name)) is not None)
    headers.set("Host", host)
    if "user-agent" not in names:
        headers.set("User-Agent", USER_AGENT)
    if encodings := accepted_encodings(request, key):
        headers.set("Accept-Encoding", encodings)
    before = request.headers.get("X-Forwarded-For")
    headers.set("X-Forwarded-For", f"{before}, {request.source_ip}" if before else request.source_ip)
    headers.set("Via", f"1.1 {edge} (CloudFront)")
    headers.set("X-Amz-Cf-Id", secrets.token_urlsafe(40))
    if cookies := _cookies(request, policies):
        headers.set("Cookie", cookies)
    for each in origin.get("OriginCustomHeaders", []):
        headers.set(each["HeaderName"], each["HeaderValue"])
    query = _query(request, policies)
    target = origin.get("OriginPath", "") + request.path + (f"?{query}" if query else "")
    return Request(request.method, target, headers, request.body, EDGE_ADDRESS)


def accepted_encodings(request: Request, given: dict[str, Any]) -> str:
    """Accept-Encoding as CloudFront puts it into the key: no more than it can use."""
    offered = (request.headers.get("Accept-Encoding") or "").lower()
    accepted = {part.split(";")[0].strip() for part in offered.split(",") if not _is_refused(part)}
    known = (("br", "EnableAcceptEncodingBrotli"), ("gzip", "EnableAcceptEncodingGzip"))
    return ",".join(name for name, switch in known if given.get(switch) and name in accepted)


def _is_refused(part: str) -> bool:
    return re.search(r";\s*q\s*=\s*0(\.0*)?\s*$", part) is not None


def _header(request: Request, name: str) -> str | None:
    if name == VIEWER_ADDRESS:
        return f"{request.source_ip}:{request.source_port}"
    if name.startswith("cloudfront-"):
        raise NotImplementedError(f"the header {name}")
    return request.headers.get(name)


def _query(request: Request, policies: list[dict[str, Any]]) -> str:
    """In the reader's order."""
    configs = [each["QueryStringsConfig"] for each in policies]
    if any(each["QueryStringBehavior"] == "all" for each in configs):
        return request.query
    names: set[str] = set()
    for each in configs:
        names |= _listed(each, "QueryStringBehavior", "QueryStrings", ("none", "whitelist"), fold=False)
    parts = [part for part in request.query.split("&") if part]
    return "&".join(part for part in parts if unquote_plus(part.partition("=")[0]) in names)


def _cookies(request: Request, policies: list[dict[str, Any]]) -> str:
    names: set[str] = set()
    for each in policies:
        names |= _listed(each["CookiesConfig"], "CookieBehavior", "Cookies", ("none", "whitelist"), fold=False)
    given = [each.strip() for each in (request.headers.get("Cookie") or "").split(";")]
    return "; ".join(each for each in given if each.partition("=")[0] in names)


def _listed(
    config: dict[str, Any], behaviour: str, member: str, known: tuple[str, ...], *, fold: bool = True,
) -> set[str]:
    if config[behaviour] not in known:
        raise NotImplementedError(f"{behaviour}: {config[behaviour]}")
    return {each.lower() if fold else each for each in config.get(member, [])}
