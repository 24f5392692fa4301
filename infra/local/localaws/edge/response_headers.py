# SPDX-License-Identifier: Apache-2.0
"""Response headers policies. `Override` says whether the origin's own word gives way."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from localaws.http import Headers, Request

Rule = tuple[str, str, bool]  # name, value, override

CORS = {
    "AccessControlAllowCredentials": "access-control-allow-credentials",
    "AccessControlAllowHeaders": "access-control-allow-headers",
    "AccessControlAllowMethods": "access-control-allow-methods",
    "AccessControlExposeHeaders": "access-control-expose-headers",
    "AccessControlMaxAgeSec": "access-control-max-age",
}
# Those that only the answer to a preflight has.
OF_PREFLIGHT = {"AccessControlAllowHeaders", "AccessControlAllowMethods", "AccessControlMaxAgeSec"}


def apply(policy: dict[str, Any] | None, headers: Headers, request: Request) -> None:
    if policy is None:
        return
    if unknown := policy.keys() - {"Name", "Comment", "CorsConfig", "CustomHeadersConfig", "RemoveHeadersConfig",
                                   "SecurityHeadersConfig"}:
        raise NotImplementedError(f"{', '.join(unknown)} of a response headers policy")
    for each in policy.get("RemoveHeadersConfig", {}).get("Items", []):
        headers.remove(each["Header"])
    for name, value, override in _rules(policy, headers, request):
        if override or name not in headers:
            headers.set(name, value)


def _rules(policy: dict[str, Any], headers: Headers, request: Request) -> Iterator[Rule]:
    yield from _cors(policy.get("CorsConfig"), headers, request)
    yield from _security(policy.get("SecurityHeadersConfig", {}))
    for each in policy.get("CustomHeadersConfig", {}).get("Items", []):
        yield each["Header"], each["Value"], each["Override"]


def _security(config: dict[str, Any]) -> Iterator[Rule]:
    for kind, given in config.items():
        override = given["Override"]
        match kind:
            case "ContentSecurityPolicy":
                yield "content-security-policy", given["ContentSecurityPolicy"], override
            case "ContentTypeOptions":
                yield "x-content-type-options", "nosniff", override
            case "FrameOptions":
                yield "x-frame-options", given["FrameOption"], override
            case "ReferrerPolicy":
                yield "referrer-policy", given["ReferrerPolicy"], override
            case "StrictTransportSecurity":
                yield "strict-transport-security", _transport(given), override
            case _:
                raise NotImplementedError(f"{kind} of a response headers policy")


def _transport(given: dict[str, Any]) -> str:
    parts = [f"max-age={given['AccessControlMaxAgeSec']}"]
    parts += ["includeSubDomains"] if given.get("IncludeSubdomains") else []
    parts += ["preload"] if given.get("Preload") else []
    return "; ".join(parts)


def _cors(config: dict[str, Any] | None, headers: Headers, request: Request) -> Iterator[Rule]:
    """To requests with an Origin alone. Without OriginOverride, an origin that says anything of CORS says it all."""
    origin = request.headers.get("origin")
    if config is None or origin is None:
        return
    override = config["OriginOverride"]
    if not override and any(name.startswith("access-control-") for name in map(str.lower, headers.names())):
        return
    allowed = config["AccessControlAllowOrigins"]["Items"]
    if "*" not in allowed and origin not in allowed:
        return
    yield "access-control-allow-origin", "*" if "*" in allowed else origin, override
    is_preflight = request.method == "OPTIONS" and "access-control-request-method" in request.headers
    for member, name in CORS.items():
        if member in config and (is_preflight or member not in OF_PREFLIGHT):
            value = config[member]
            if member == "AccessControlAllowCredentials" and not value:
                continue
            yield name, ", ".join(value["Items"]) if isinstance(value, dict) else str(value).lower(), override
