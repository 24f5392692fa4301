# SPDX-License-Identifier: Apache-2.0
"""API Gateway REST, as the applied stack of the API describes it."""
from __future__ import annotations

import dataclasses
import email.utils
import json
import re
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from localaws.functions import Answer, Functions, NoSuchFunction, PayloadTooLarge, TooManyRequests
from localaws.http import Headers, Request, Response
from localaws.templates.stack import Stack

from .answer import answer_of
from .event import event_of
from .keys import ApiKey, StageThrottle, UsagePlans, keys_of
from .mock import answer_of_mock
from .permission import InvokePermission, ResourcePolicy
from .refusals import Refusal, Refusals
from .routes import METHOD, Match, Routes
from .tokens import Authorizer
from .validation import Validators
from .variables import Context, log_line

__all__ = ["ApiKey", "Gateway", "keys_of"]

# Not to be raised, by anybody.
BODY_BYTES_MAX = 10 * 1024 * 1024

# For how long the gateway waits for a function that does not say otherwise.
INTEGRATION_MS = 29_000

INVOCATION = re.compile(r"arn:aws:apigateway:[^:]+:lambda:path/2015-03-31/functions/(.+)/invocations")


class Gateway:
    """`jwks_for(pool_arn)` gives the keys that a user pool publishes, `api_keys()` all keys of the account and
    `access_log(line)` takes the lines of the stage's log."""

    def __init__(
        self, stack: Stack, functions: Functions, *, jwks_for: Callable[[str], dict[str, Any]], policies: Any,
        api_keys: Callable[[], Iterable[ApiKey]] = tuple, access_log: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        api, stage = stack.one("AWS::ApiGateway::RestApi"), stack.one("AWS::ApiGateway::Stage")
        self.id, self.account, self.region = api.ref, stack.account, stack.region
        self.host = f"{self.id}.execute-api.{self.region}.amazonaws.com"
        self._stage = stage.properties["StageName"]
        self._log_format = stage.properties.get("AccessLogSetting", {}).get("Format")
        self._deployment = stage.properties["DeploymentId"]
        self._binary = api.properties.get("BinaryMediaTypes", [])
        self._functions, self._access_log, self._clock = functions, access_log, clock
        self._routes = Routes(stack, api.attributes["RootResourceId"])
        self._refusals = Refusals(stack)
        self._policy = ResourcePolicy(policies, api.properties.get("Policy"), self._arn())
        self._permission = InvokePermission(policies, stack)
        self._plans = UsagePlans(stack, self.id, self._stage, api_keys, clock)
        self._throttle = StageThrottle(stage, clock)
        self._authorizers = {each.ref: Authorizer(each, jwks_for, clock)
                             for each in stack.of_type("AWS::ApiGateway::Authorizer")}
        self._validators = Validators(stack.of_type("AWS::ApiGateway::RequestValidator"), stack.of_type(METHOD))

    def handle(self, request: Request) -> Response:
        """One request at https://ID.execute-api.REGION.amazonaws.com, with the stage in its path."""
        begun = self._clock()
        context = self._context(request, begun)
        try:
            answer = self._answer(request, context)
        except Refusal as refusal:
            answer = self._refusals.answer(refusal, context)
        answer.headers.set("x-amzn-RequestId", context["requestId"])
        answer.headers.set("x-amz-apigw-id", context["extendedRequestId"])
        answer.headers.set("Date", email.utils.formatdate(self._clock(), usegmt=True))
        if self._log_format:
            context |= {
                "status": answer.status,
                "responseLength": 0 if request.method == "HEAD" else len(answer.body),
                "responseLatency": round((self._clock() - begun) * 1000),
            }
            self._access_log(log_line(self._log_format, context))
        return answer

    def _answer(self, request: Request, context: Context) -> Response:
        """In the gateway's order: who is asked, who asks, how often, and only then what."""
        path = self._path_below_stage(request)
        match = self._routes.match(request.method, path) if path is not None else None
        if path is None or match is None:
            raise Refusal("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token")
        context |= {"resourcePath": match.node.path, "resourceId": match.node.id}
        method = match.method.properties
        if len(request.body) > BODY_BYTES_MAX:
            raise Refusal("REQUEST_TOO_LARGE", "Request Too Long")
        self._authorize(request, method, context)
        self._policy.check(request, self._arn(self._stage, request.method, path.lstrip("/")))
        self._count(request, match, context)
        self._validators.check(request, match)
        if method["Integration"]["Type"] == "MOCK":
            return answer_of_mock(method, request, context)
        if method["Integration"]["Type"] != "AWS_PROXY":
            raise NotImplementedError(f"{match.method.logical}: an integration {method['Integration']['Type']}")
        return self._ask_function(request, match, context, path)

    def _path_below_stage(self, request: Request) -> str | None:
        prefix = f"/{self._stage}"
        if request.path != prefix and not request.path.startswith(f"{prefix}/"):
            return None
        return request.path.removeprefix(prefix) or "/"

    def _authorize(self, request: Request, method: dict[str, Any], context: Context) -> None:
        kind = method.get("AuthorizationType", "NONE")
        if kind == "NONE":
            return
        if kind != "COGNITO_USER_POOLS":
            raise NotImplementedError(f"authorization by {kind}")
        authorizer = self._authorizers[method["AuthorizerId"]]
        context["authorizer"] = {"claims": authorizer.claims(request, method.get("AuthorizationScopes") or [])}

    def _count(self, request: Request, match: Match, context: Context) -> None:
        if match.method.properties.get("ApiKeyRequired"):
            key = self._plans.admit(request.headers.get("x-api-key"))
            context["identity"] |= {"apiKey": key.value, "apiKeyId": key.id}
        self._throttle.admit(f"{request.method} {match.node.path}")

    def _ask_function(self, request: Request, match: Match, context: Context, path: str) -> Response:
        integration = match.method.properties["Integration"]
        found = INVOCATION.fullmatch(integration["Uri"])
        if found is None:
            raise NotImplementedError(f"{match.method.logical}: an integration with {integration['Uri']}")
        self._permission.check(found[1], self._arn(self._stage, request.method, match.node.path.lstrip("/")))
        asked = self._as_forwarded(request)
        event = event_of(asked, match, context, path, self._binary)
        since = self._clock()
        answer = self._invoke(found[1], event, int(integration.get("TimeoutInMillis", INTEGRATION_MS)))
        context["integration"] = {"status": 200, "latency": round((self._clock() - since) * 1000)}
        if answer.error is not None:
            raise Refusal("MALFORMED_PROXY_ANSWER", "Internal server error", answer.payload.decode())
        return answer_of(answer.payload, request, self._binary)

    def _invoke(self, arn: str, event: dict[str, Any], patience_ms: int) -> Answer:
        """The function goes on when nobody waits for it any more."""
        done: list[Answer | Exception] = []

        def ask() -> None:
            try:
                done.append(self._functions.invoke(arn, json.dumps(event).encode()))
            except (NoSuchFunction, TooManyRequests, PayloadTooLarge) as error:
                done.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(patience_ms / 1000)
        match done:
            case []:
                raise Refusal("INTEGRATION_TIMEOUT", "Endpoint request timed out")
            case [Answer() as answer]:
                return answer
            case [PayloadTooLarge() as error]:
                raise Refusal("REQUEST_TOO_LARGE", "Request Too Long") from error
            case [error]:
                raise Refusal("API_CONFIGURATION_ERROR", "Internal server error", str(error))

    def _as_forwarded(self, request: Request) -> Request:
        headers = request.headers.copy()
        headers.set("Host", self.host)
        before = headers.get("X-Forwarded-For")
        headers.set("X-Forwarded-For", f"{before}, {request.source_ip}" if before else request.source_ip)
        headers.set("X-Forwarded-Port", "443")
        headers.set("X-Forwarded-Proto", "https")
        if "X-Amzn-Trace-Id" not in headers:
            headers.set("X-Amzn-Trace-Id", f"Root=1-{int(self._clock()):08x}-{secrets.token_hex(12)}")
        return dataclasses.replace(request, headers=headers)

    def _context(self, request: Request, now: float) -> Context:
        return {
            "accountId": self.account,
            "apiId": self.id,
            "deploymentId": self._deployment,
            "domainName": self.host,
            "domainPrefix": self.id,
            "extendedRequestId": secrets.token_urlsafe(11) + "=",
            "httpMethod": request.method,
            "identity": {
                "accessKey": None, "accountId": None, "caller": None, "cognitoAuthenticationProvider": None,
                "cognitoAuthenticationType": None, "cognitoIdentityId": None, "cognitoIdentityPoolId": None,
                "principalOrgId": None, "sourceIp": request.source_ip, "user": None,
                "userAgent": request.headers.get("User-Agent"), "userArn": None,
            },
            "path": request.path,
            "protocol": "HTTP/1.1",
            "requestId": str(uuid.uuid4()),
            "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
            "requestTimeEpoch": int(now * 1000),
            "stage": self._stage,
        }

    def _arn(self, *parts: str) -> str:
        return "/".join([f"arn:aws:execute-api:{self.region}:{self.account}:{self.id}", *parts])
