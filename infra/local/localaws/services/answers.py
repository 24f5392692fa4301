# SPDX-License-Identifier: Apache-2.0
"""Answers in the form that the SDK of a service reads: JSON with a __type, or XML of three kinds."""

import json
from typing import Any

from moto.core.errors import COMMON_ERROR_CODES
from moto.core.serialize import get_serializer_class
from werkzeug.wrappers import Response

from .call import Call

FORBIDDEN = 403
# Not 500, which SDKs would ask again.
NOT_IMPLEMENTED = 501
QUERY_LIKE = ("query", "rest-xml", "ec2")
# "Common Errors" of DynamoDB, Systems Manager and the like: with JSON 1.x every mistake of the caller is a 400.
JSON_STATUS = 400


class Refusal(Exception):
    """An answer that is an error of the service: raised by what answers a call."""

    def __init__(self, code: str, message: str, status: int | None = None):
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.status = code, message, status


def result(call: Call, value: dict[str, Any] | None = None) -> Response:
    return _written(call, value or {})


def error(call: Call, refusal: Refusal) -> Response:
    # The models leave out what all services share; moto would warn each time of what is not listed.
    if refusal.code not in COMMON_ERROR_CODES:
        COMMON_ERROR_CODES.append(refusal.code)
    made = _written(call, refusal)
    if refusal.status:
        made.status_code = refusal.status
    return made


def _written(call: Call, value: dict[str, Any] | Exception) -> Response:
    serializer = get_serializer_class(call.model.service_model.service_name, call.protocol)
    written = serializer(operation_model=call.model).serialize(value)
    return Response(written["body"], status=written["status_code"], headers=written["headers"])


def access_denied(call: Call, principal: str, action: str, resource: str, why: str) -> Refusal:
    message = f"User: {principal} is not authorized to perform: {action} on resource: {resource} {why}"
    if call.protocol in QUERY_LIKE:
        return Refusal("AccessDenied", message, FORBIDDEN)
    return Refusal("AccessDeniedException", message, _status(call))


def unknown_key(call: Call) -> Refusal:
    if call.service == "s3":
        message = "The AWS Access Key Id you provided does not exist in our records."
        return Refusal("InvalidAccessKeyId", message, FORBIDDEN)
    message = "The security token included in the request is invalid."
    if call.protocol in QUERY_LIKE:
        return Refusal("InvalidClientTokenId", message, FORBIDDEN)
    return Refusal("UnrecognizedClientException", message, _status(call))


def _status(call: Call) -> int:
    return JSON_STATUS if call.protocol == "json" else FORBIDDEN


def not_known_here(message: str, call: Call | None = None) -> Response:
    """Our own limit, not AWS's: said in so many words, and never an allowed call."""
    if call is not None:
        return error(call, Refusal("NotKnownHere", message, NOT_IMPLEMENTED))
    body = json.dumps({"__type": "NotKnownHere", "message": message, "Message": message})
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": "NotKnownHere"}
    return Response(body, status=NOT_IMPLEMENTED, headers=headers)
