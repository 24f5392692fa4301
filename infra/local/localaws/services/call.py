# SPDX-License-Identifier: Apache-2.0
"""One call of an SDK, read with the models of AWS that botocore brings."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound

SCOPE = re.compile(r"Credential=(?P<key>[^/,\s]+)/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")
# What a signature calls a service, where its model has another name.
MODEL_OF_SIGNATURE = {"monitoring": "cloudwatch"}
# The calls that AWS takes without a signature, and that somebody of ours makes.
UNSIGNED_TARGETS = {"AWSCognitoIdentityProviderService": "cognito-idp"}
UNSIGNED_ACTIONS = {"AssumeRoleWithWebIdentity": "sts"}


class UnknownCall(Exception):
    """Neither an operation of AWS, nor one that could be told."""


@dataclass
class Call:
    request: Request
    body: bytes
    service: str  # as botocore calls it
    region: str
    access_key: str | None  # None: not signed
    model: OperationModel
    path_parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def operation(self) -> str:
        return self.model.name

    @property
    def token(self) -> str | None:
        return self.headers.get("X-Amz-Security-Token")

    @property
    def headers(self):
        return self.request.headers

    @property
    def protocol(self) -> str:
        return determine_request_protocol(self.model.service_model, self.request.content_type)

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """What the SDK's function was given."""
        parsed = PROTOCOL_PARSERS[self.protocol](self.model).parse(
            {
                "method": self.request.method,
                "values": self.request.values,
                "headers": self.request.headers,
                "body": self.body,
                "url_path": self.request.path,
                "url_params": self.path_parameters,
            }
        )
        return {name: value for name, value in parsed.items() if value is not None}

    def environ(self) -> dict[str, Any]:
        """The same request for another application, which will read the body again."""
        again = dict(self.request.environ)
        again["wsgi.input"] = BytesIO(self.body)
        again["CONTENT_LENGTH"] = str(len(self.body))
        again.pop("HTTP_TRANSFER_ENCODING", None)
        again.pop("werkzeug.request", None)
        return again


def read(environ: dict[str, Any]) -> Call:
    request = Request(environ)
    body = request.get_data(cache=True)
    service, region, key = _signed(request) or _unsigned(request)
    try:
        model, path_parameters = get_service_router(service).match(request)
    except NotFound:
        raise UnknownCall(f"{service} has no {request.method} {request.full_path}") from None
    return Call(request, body, service, region, key, model, path_parameters)


def _signed(request: Request) -> tuple[str, str, str] | None:
    scope = SCOPE.search(request.headers.get("Authorization", ""))
    if not scope:
        return None
    service = MODEL_OF_SIGNATURE.get(scope["service"], scope["service"])
    try:
        get_service_model(service)
    except Exception:
        raise UnknownCall(f"there is no service {service}") from None
    return service, scope["region"], scope["key"]


def _unsigned(request: Request) -> tuple[str, str, None]:
    target = request.headers.get("X-Amz-Target", "").split(".")[0]
    service = UNSIGNED_TARGETS.get(target) or UNSIGNED_ACTIONS.get(request.values.get("Action", ""))
    # What else comes without a signature is somebody who reads a bucket.
    return service or "s3", "us-east-1", None
