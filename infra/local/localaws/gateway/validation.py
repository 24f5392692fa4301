# SPDX-License-Identifier: Apache-2.0
"""Request validators. Bodies have no models in our templates; one that comes is refused until somebody writes it."""
from __future__ import annotations

from typing import Any

from localaws.http import Request
from localaws.templates.stack import Resource

from .event import query_of
from .refusals import Refusal
from .routes import Match


class Validators:
    def __init__(self, all: list[Resource], methods: list[Resource]) -> None:
        self._known = {each.ref: each.properties for each in all}
        if any(each.get("ValidateRequestBody") for each in self._known.values()):
            raise NotImplementedError("a validator of bodies")
        for each in methods:
            if each.properties.get("RequestModels"):
                raise NotImplementedError(f"{each.logical}: RequestModels")

    def check(self, request: Request, match: Match) -> None:
        method = match.method.properties
        validator: dict[str, Any] = self._known.get(method.get("RequestValidatorId", ""), {})
        if not validator.get("ValidateRequestParameters"):
            return
        wanted = [name for name, required in (method.get("RequestParameters") or {}).items() if required]
        missing = sorted(_name(each) for each in wanted if not _is_given(each, request, match))
        if missing:
            raise Refusal("BAD_REQUEST_PARAMETERS", f"Missing required request parameters: [{', '.join(missing)}]")


def _name(parameter: str) -> str:
    return parameter.split(".", 3)[3]


def _is_given(parameter: str, request: Request, match: Match) -> bool:
    """Given and not blank."""
    kind, name = parameter.removeprefix("method.request.").split(".", 1)
    if kind == "querystring":
        return any(key == name and value for key, value in query_of(request))
    if kind == "header":
        return bool(request.headers.get(name))
    if kind == "path":
        return bool(match.parameters.get(name))
    raise NotImplementedError(f"the parameter {parameter}")
