# SPDX-License-Identifier: Apache-2.0
"""MOCK integrations: a template says which answer, and the answer is a template."""
from __future__ import annotations

import json
import re
from typing import Any

from localaws.http import Headers, Request, Response

from .refusals import Refusal
from .variables import Context, fill, mapped

BROKEN = Refusal("API_CONFIGURATION_ERROR", "Internal server error")


def answer_of_mock(method: dict[str, Any], asked: Request, context: Context) -> Response:
    integration = method["Integration"]
    status = _status(integration, asked, context)
    found = _matching(integration["IntegrationResponses"], status)
    declared = {str(each["StatusCode"]): each for each in method.get("MethodResponses", [])}
    if found["StatusCode"] not in declared:
        raise BROKEN
    headers = Headers()
    templates = found.get("ResponseTemplates") or {}
    content_type, template = _chosen(templates, asked.headers.get("Accept"))
    headers.set("Content-Type", content_type)
    allowed = declared[found["StatusCode"]].get("ResponseParameters", {})
    for name, expression in found.get("ResponseParameters", {}).items():
        if name not in allowed:
            raise BROKEN
        value = mapped(expression, context)
        if value is not None:
            headers.set(name.removeprefix("method.response.header."), value)
    return Response(int(found["StatusCode"]), headers, fill(template, context).encode())


def _status(integration: dict[str, Any], asked: Request, context: Context) -> str:
    """By the template for the request's type; without one for it, the body itself would have to say the status."""
    templates = integration.get("RequestTemplates") or {}
    given = (asked.headers.get("Content-Type") or "application/json").split(";")[0].strip().lower()
    text = fill(templates[given], context) if given in templates else asked.body.decode("utf-8", "replace")
    try:
        return str(int(json.loads(text)["statusCode"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BROKEN from error


def _matching(responses: list[dict[str, Any]], status: str) -> dict[str, Any]:
    patterned = [each for each in responses if each.get("SelectionPattern")]
    default = [each for each in responses if not each.get("SelectionPattern")]
    found = [each for each in patterned if re.fullmatch(each["SelectionPattern"], status)] or default
    if not found:
        raise BROKEN
    return found[0]


def _chosen(templates: dict[str, str], accept: str | None) -> tuple[str, str]:
    if not templates:
        return "application/json", ""
    for each in (accept or "").split(","):
        if (plain := each.split(";")[0].strip()) in templates:
            return plain, templates[plain]
    return next(iter(templates.items()))
