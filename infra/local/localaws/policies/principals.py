# SPDX-License-Identifier: Apache-2.0
"""Whom a statement of a resource speaks of, after "AWS JSON policy elements: Principal"."""

import re
from enum import Enum

from .request import Request

ACCOUNT = re.compile(r"(?:arn:aws:iam::)?(\d{12})(?::root)?")
IDENTITY = re.compile(r"arn:aws:(?:iam::\d{12}:(?:role|user)|sts::\d{12}:assumed-role)/[^*?]+")


class Match(Enum):
    NOT = 0
    BY_ACCOUNT = 1
    BY_NAME = 2


def principal_match(statement: dict, request: Request) -> Match:
    if "NotPrincipal" in statement:
        raise NotImplementedError("NotPrincipal")
    principal = statement["Principal"]
    if principal == "*":
        return Match.BY_NAME
    if not isinstance(principal, dict):
        raise NotImplementedError(f"principal {principal!r}")
    matches = [
        _of_kind(kind, each, request)
        for kind, named in principal.items()
        for each in (named if isinstance(named, list) else [named])
    ]
    return max(matches, key=lambda match: match.value)


def _of_kind(kind: str, named: str, request: Request) -> Match:
    if kind == "AWS":
        return _aws(named, request)
    if kind not in ("Service", "Federated") or "*" in named:
        raise NotImplementedError(f"principal {kind}: {named!r}")
    return Match.BY_NAME if named == request.principal else Match.NOT


def _aws(named: str, request: Request) -> Match:
    if named == "*":  # Everyone, exactly like "*" without a kind.
        return Match.BY_NAME
    if account := ACCOUNT.fullmatch(named):
        parts = request.principal.split(":")
        return Match.BY_ACCOUNT if len(parts) > 4 and parts[4] == account[1] else Match.NOT
    if not IDENTITY.fullmatch(named):
        raise NotImplementedError(f"principal AWS: {named!r}")
    return Match.BY_NAME if named == request.principal else Match.NOT
