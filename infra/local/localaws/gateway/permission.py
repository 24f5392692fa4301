# SPDX-License-Identifier: Apache-2.0
"""Who may ask the gateway, and whether the gateway may call the function: both are documents of IAM."""
from __future__ import annotations

import json
from typing import Any

from localaws.http import Request
from localaws.templates.stack import Stack

from .refusals import Refusal


class ResourcePolicy:
    """Of the API. It sees few things of a request; Referer and User-Agent are the headers among them."""

    def __init__(self, policies: Any, document: dict[str, Any] | None, api_arn: str) -> None:
        self._policies = policies
        # "execute-api:/*" is short for the ARN of this API.
        text = json.dumps(document).replace('"execute-api:/', f'"{api_arn}/')
        self._document = json.loads(text)

    def check(self, request: Request, resource: str) -> None:
        if self._document is None:
            return
        context = {"aws:SourceIp": request.source_ip, "aws:SecureTransport": "true" if request.is_secure else "false"}
        for key, header in (("aws:Referer", "Referer"), ("aws:UserAgent", "User-Agent")):
            value = request.headers.get(header)
            if value is not None:
                context[key] = value
        asked = self._policies.Request("anonymous", "execute-api:Invoke", resource, context)
        verdict = self._policies.resource_allows(self._document, asked)
        if verdict is self._policies.Verdict.ALLOWED:
            return
        how = " with an explicit deny" if verdict is self._policies.Verdict.DENIED else ""
        raise Refusal("ACCESS_DENIED",
                      f"User: anonymous is not authorized to perform: execute-api:Invoke on resource: {resource}{how}")


class InvokePermission:
    """Of AWS::Lambda::Permission: the policy of a function, which its callers' services are asked of."""

    def __init__(self, policies: Any, stack: Stack) -> None:
        self._policies = policies
        statements = [self._statement(each.properties, stack.region, stack.account)
                      for each in stack.of_type("AWS::Lambda::Permission")]
        self._document = {"Version": "2012-10-17", "Statement": statements}

    def check(self, function_arn: str, source_arn: str) -> None:
        asked = self._policies.Request(
            "apigateway.amazonaws.com", "lambda:InvokeFunction", function_arn, {"AWS:SourceArn": source_arn})
        if self._policies.resource_allows(self._document, asked) is not self._policies.Verdict.ALLOWED:
            raise Refusal("API_CONFIGURATION_ERROR", "Internal server error", "Invalid permissions on Lambda function")

    @staticmethod
    def _statement(given: dict[str, Any], region: str, account: str) -> dict[str, Any]:
        name = given["FunctionName"]
        made = {
            "Effect": "Allow",
            "Principal": {"Service": given["Principal"]},
            "Action": given["Action"],
            "Resource": name if name.startswith("arn:") else f"arn:aws:lambda:{region}:{account}:function:{name}",
        }
        if "SourceArn" in given:
            made["Condition"] = {"ArnLike": {"AWS:SourceArn": given["SourceArn"]}}
        return made
