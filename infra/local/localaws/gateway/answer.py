# SPDX-License-Identifier: Apache-2.0
"""What a function gave back becomes an answer, or is refused: "Malformed Lambda proxy response"."""
from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from localaws.http import Headers, Request, Response

from .event import is_listed
from .refusals import Refusal

MEMBERS = {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}

# "Amazon API Gateway important notes": the gateway writes these itself, and gives the function's another name.
REMAPPED = {"connection", "content-length", "date", "server", "transfer-encoding", "via", "www-authenticate"}


def answer_of(payload: bytes, asked: Request, binary: list[str]) -> Response:
    try:
        given = json.loads(payload)
    except ValueError as error:
        raise _malformed("not JSON") from error
    if not isinstance(given, dict) or not given.keys() <= MEMBERS:
        raise _malformed("not an object of the members that are known")
    return Response(_status(given), _headers(given), _body(given, asked, binary))


def _status(given: dict[str, Any]) -> int:
    status = given.get("statusCode")
    if isinstance(status, str) and status.isdecimal():
        status = int(status)
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        raise _malformed("statusCode")
    return status


def _headers(given: dict[str, Any]) -> Headers:
    """A name that stands in both is taken from multiValueHeaders."""
    several, single = given.get("multiValueHeaders") or {}, given.get("headers") or {}
    if not isinstance(several, dict) or not isinstance(single, dict):
        raise _malformed("headers")
    fields = [(name, value) for name, values in several.items() for value in _list(values)]
    known = {name.lower() for name in several}
    fields += [(name, value) for name, value in single.items() if name.lower() not in known]
    made = Headers((_renamed(name), _header_text(value)) for name, value in fields)
    if "content-type" not in made:
        made.set("Content-Type", "application/json")
    return made


def _list(values: Any) -> list[Any]:
    if not isinstance(values, list):
        raise _malformed("multiValueHeaders")
    return values


def _renamed(name: str) -> str:
    return f"x-amzn-Remapped-{name}" if name.lower() in REMAPPED else name


def _header_text(value: Any) -> str:
    if not isinstance(value, (str, bool, int, float)):
        raise _malformed("headers")
    return value if isinstance(value, str) else json.dumps(value)


def _body(given: dict[str, Any], asked: Request, binary: list[str]) -> bytes:
    body, encoded = given.get("body"), given.get("isBase64Encoded", False)
    if not isinstance(body, (str, type(None))) or not isinstance(encoded, bool):
        raise _malformed("body")
    # Without a binary type that the reader accepts, the text goes out as it is: base64.
    if not encoded or not is_listed(asked.headers.get("Accept"), binary):
        return (body or "").encode()
    try:
        return base64.b64decode(body or "", validate=True)
    except binascii.Error as error:
        raise Refusal("API_CONFIGURATION_ERROR", "Internal server error", "the body is no base64") from error


def _malformed(what: str) -> Refusal:
    return Refusal("MALFORMED_PROXY_ANSWER", "Internal server error", f"Malformed Lambda proxy response: {what}")
