# SPDX-License-Identifier: Apache-2.0
"""Which behaviour of the distribution a path has: the first whose pattern fits, or the default one."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from localaws.templates.stack import Stack


@dataclass(frozen=True, eq=False)
class Behaviour:
    pattern: str
    config: dict[str, Any]
    cache_policy: dict[str, Any]
    origin_request_policy: dict[str, Any] | None
    response_headers_policy: dict[str, Any] | None
    function_code: str | None

    @property
    def allowed_methods(self) -> list[str]:
        return self.config.get("AllowedMethods", ["GET", "HEAD"])

    @property
    def cached_methods(self) -> list[str]:
        return self.config.get("CachedMethods", ["GET", "HEAD"])


class Behaviours:
    def __init__(self, stack: Stack, config: dict[str, Any]) -> None:
        self._stack = stack
        self._all = [self._read(each, each["PathPattern"]) for each in config.get("CacheBehaviors", [])]
        self._default = self._read(config["DefaultCacheBehavior"], "*")

    def of(self, path: str) -> Behaviour:
        return next((each for each in self._all if matches(each.pattern, path)), self._default)

    def _read(self, config: dict[str, Any], pattern: str) -> Behaviour:
        for unknown in ("LambdaFunctionAssociations", "ForwardedValues", "FieldLevelEncryptionId", "TrustedKeyGroups"):
            if config.get(unknown):
                raise NotImplementedError(f"{unknown} of the behaviour {pattern}")
        return Behaviour(
            pattern, config,
            self._policy("AWS::CloudFront::CachePolicy", "CachePolicyConfig", config["CachePolicyId"]),
            self._optional("AWS::CloudFront::OriginRequestPolicy", "OriginRequestPolicyConfig",
                           config.get("OriginRequestPolicyId")),
            self._optional("AWS::CloudFront::ResponseHeadersPolicy", "ResponseHeadersPolicyConfig",
                           config.get("ResponseHeadersPolicyId")),
            self._function(config.get("FunctionAssociations", []), pattern),
        )

    def _optional(self, kind: str, member: str, id: str | None) -> dict[str, Any] | None:
        return None if id is None else self._policy(kind, member, id)

    def _policy(self, kind: str, member: str, id: str) -> dict[str, Any]:
        found = [each for each in self._stack.of_type(kind) if id in (each.ref, each.attributes.get("Id"))]
        if len(found) != 1:
            # AWS's own policies are known by their ids alone.
            raise NotImplementedError(f"the policy {id}, which is none of {self._stack.name}")
        return found[0].properties[member]

    def _function(self, associations: list[dict[str, Any]], pattern: str) -> str | None:
        if any(each["EventType"] != "viewer-request" for each in associations):
            raise NotImplementedError(f"functions of {pattern} at another event than viewer-request")
        arns = [each["FunctionARN"] for each in associations]
        found = [each for each in self._stack.of_type("AWS::CloudFront::Function")
                 if each.attributes.get("FunctionARN", each.ref) in arns]
        if len(found) != len(arns):
            raise LookupError(f"the behaviour {pattern} names a function that {self._stack.name} does not have")
        return found[0].properties["FunctionCode"] if found else None


@functools.cache
def matches(pattern: str, path: str) -> bool:
    """`*` is any text, `?` one character; a pattern begins with / whether it is written or not."""
    parts = (".*" if each == "*" else "." if each == "?" else re.escape(each) for each in pattern.lstrip("/"))
    return re.fullmatch("".join(parts), path.removeprefix("/"), re.DOTALL) is not None
