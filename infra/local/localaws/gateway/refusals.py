# SPDX-License-Identifier: Apache-2.0
"""What the gateway says itself, by the templates of AWS::ApiGateway::GatewayResponse."""
from __future__ import annotations

import json

from localaws.http import Headers, Response
from localaws.templates.stack import Resource, Stack

from .variables import Context, fill, mapped

# "Gateway response types for API Gateway": the status of each, and the name that x-amzn-ErrorType gives.
KNOWN = {
    "ACCESS_DENIED": (403, "AccessDeniedException"),
    "API_CONFIGURATION_ERROR": (500, "InternalServerErrorException"),
    "AUTHORIZER_CONFIGURATION_ERROR": (500, "AuthorizerConfigurationException"),
    "BAD_REQUEST_BODY": (400, "BadRequestException"),
    "BAD_REQUEST_PARAMETERS": (400, "BadRequestException"),
    "INTEGRATION_FAILURE": (504, "InternalServerErrorException"),
    "INTEGRATION_TIMEOUT": (504, "InternalServerErrorException"),
    "INVALID_API_KEY": (403, "ForbiddenException"),
    "MISSING_AUTHENTICATION_TOKEN": (403, "MissingAuthenticationTokenException"),
    "QUOTA_EXCEEDED": (429, "LimitExceededException"),
    "REQUEST_TOO_LARGE": (413, "RequestTooLargeException"),
    "THROTTLED": (429, "TooManyRequestsException"),
    "UNAUTHORIZED": (401, "UnauthorizedException"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "UnsupportedMediaTypeException"),
    # Not in that list: what is said of a function's answer that is none.
    "MALFORMED_PROXY_ANSWER": (502, "InternalServerErrorException"),
}

DEFAULT_TEMPLATE = '{"message":$context.error.messageString}'


class Refusal(Exception):
    def __init__(self, kind: str, message: str, reason: str = "") -> None:
        super().__init__(f"{kind}: {reason or message}")
        self.kind, self.message, self.reason = kind, message, reason


class Refusals:
    def __init__(self, stack: Stack) -> None:
        found = stack.of_type("AWS::ApiGateway::GatewayResponse")
        self._known = {each.properties["ResponseType"]: each for each in found}

    def answer(self, refusal: Refusal, context: Context) -> Response:
        status, error_type = KNOWN[refusal.kind]
        default = f"DEFAULT_{status // 100}XX"
        found = self._known.get(refusal.kind) or self._known.get(default)
        context["error"] = {
            "responseType": default if refusal.kind == "MALFORMED_PROXY_ANSWER" else refusal.kind,
            "message": refusal.message,
            "messageString": json.dumps(refusal.message),
        }
        headers = Headers([("x-amzn-ErrorType", error_type)])
        if found is None:
            headers.set("Content-Type", "application/json")
            return Response(status, headers, fill(DEFAULT_TEMPLATE, context).encode())
        return _by_template(found, status, headers, context)


def _by_template(found: Resource, status: int, headers: Headers, context: Context) -> Response:
    # A default's status counts for all that fall back to it, as the documentation says.
    status = int(found.properties.get("StatusCode") or status)
    templates = found.properties.get("ResponseTemplates") or {"application/json": DEFAULT_TEMPLATE}
    content_type, template = next(iter(templates.items()))
    headers.set("Content-Type", content_type)
    for name, expression in found.properties.get("ResponseParameters", {}).items():
        if not name.startswith("gatewayresponse.header."):
            raise NotImplementedError(f"{found.logical}: {name}")
        value = mapped(expression, context)
        if value is not None:
            headers.set(name.removeprefix("gatewayresponse.header."), value)
    return Response(status, headers, fill(template, context).encode())
