# SPDX-License-Identifier: Apache-2.0
"""Documents against a request, after "Policy evaluation logic": an explicit deny wins, then an allow."""

from collections.abc import Iterable

from .conditions import conditions_hold
from .patterns import action_matches, resource_matches
from .principals import Match, principal_match
from .request import Request, Verdict

ELEMENTS = {
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
}


def identity_allows(documents: list[dict], request: Request) -> Verdict:
    """Of the documents of a role or a user, which have no principal."""
    said = [_said(each, request) for document in documents for each in _statements(document)]
    return _together(said)


def resource_allows(document: dict, request: Request) -> Verdict:
    """Of the document of a bucket, a queue, an API, or of the trust policy of a role."""
    return _together([_said_to_principal(each, request) for each in _statements(document)])


def _together(said: Iterable[Verdict]) -> Verdict:
    all_said = set(said)
    for each in (Verdict.DENIED, Verdict.ALLOWED, Verdict.DELEGATED):
        if each in all_said:
            return each
    return Verdict.SILENT


def _statements(document: dict) -> list[dict]:
    found = document["Statement"]
    return found if isinstance(found, list) else [found]


def _said_to_principal(statement: dict, request: Request) -> Verdict:
    match = principal_match(statement, request)
    # A trust policy has no resource: it stands on the role that it speaks of.
    said = _said(statement, request, resource_needed=False)
    if match is Match.NOT:
        return Verdict.SILENT
    if match is Match.BY_ACCOUNT and said is Verdict.ALLOWED:
        return Verdict.DELEGATED
    return said


def _said(statement: dict, request: Request, resource_needed: bool = True) -> Verdict:
    if unknown := set(statement) - ELEMENTS:
        raise NotImplementedError(f"policy element {', '.join(sorted(unknown))}")
    applies = [
        _named(statement, "Action", request.action, action_matches, needed=True),
        _named(statement, "Resource", request.resource, resource_matches, needed=resource_needed),
        conditions_hold(statement.get("Condition", {}), request),
    ]
    if not all(applies):
        return Verdict.SILENT
    return {"Allow": Verdict.ALLOWED, "Deny": Verdict.DENIED}[statement["Effect"]]


def _named(statement: dict, element: str, asked: str, matches, needed: bool) -> bool:
    """Action and NotAction, Resource and NotResource."""
    negated = f"Not{element}" in statement
    patterns = statement.get(f"Not{element}" if negated else element)
    if patterns is None:
        if needed:
            raise ValueError(f"statement without {element}: {statement}")
        return True
    found = [matches(each, asked) for each in (patterns if isinstance(patterns, list) else [patterns])]
    return any(found) != negated
