# SPDX-License-Identifier: Apache-2.0
"""The event of a Lambda proxy integration, payload format 1.0."""
from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qsl

from localaws.http import Request

from .routes import Match
from .variables import Context


def event_of(request: Request, match: Match, context: Context, path: str, binary: list[str]) -> dict[str, Any]:
    """`path` without the stage; `context` is requestContext."""
    headers = {name: request.headers.all(name) for name in request.headers.names()}
    parameters: dict[str, list[str]] = {}
    for name, value in query_of(request):
        parameters.setdefault(name, []).append(value)
    is_binary = is_listed(request.headers.get("Content-Type"), binary)
    body = base64.b64encode(request.body).decode() if is_binary else request.body.decode("utf-8", "replace")
    return {
        "resource": match.node.path,
        "path": path,
        "httpMethod": request.method,
        "headers": _last(headers),
        "multiValueHeaders": headers or None,
        "queryStringParameters": _last(parameters),
        "multiValueQueryStringParameters": parameters or None,
        "pathParameters": match.parameters or None,
        "stageVariables": None,
        "requestContext": context,
        "body": body or None,
        "isBase64Encoded": is_binary and bool(body),
    }


def query_of(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.query, keep_blank_values=True)


def is_listed(media_type: str | None, binary: list[str]) -> bool:
    plain = (media_type or "").split(",")[0].split(";")[0].strip().lower()
    return any(each in ("*/*", plain) or (each.endswith("/*") and plain.startswith(each[:-1])) for each in binary)


def _last(of: dict[str, list[str]]) -> dict[str, str] | None:
    return {name: values[-1] for name, values in of.items()} or None
