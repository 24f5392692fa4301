# SPDX-License-Identifier: Apache-2.0
"""The part of Lambda's API that runs functions: moto keeps them, and runs none."""
from __future__ import annotations

import json
from typing import Any

from localaws.functions import Functions, NoSuchFunction
from localaws.services.answers import Refusal
from localaws.services.call import Call
from localaws.services.cloud import HOME, Cloud

ACCEPTED, OK = 202, 200


class Invocations:
    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def begin(self, functions: Functions) -> None:
        self._functions = functions
        self._cloud.answer_with("lambda", "Invoke", self._invoke)
        self._cloud.hear("lambda", "UpdateAlias", self._move_alias)

    def given_up(self, destination: str, record: Any, role: str) -> None:
        """What Lambda sends to the queue of a function's failures, with the rights of the function."""
        credentials = self._cloud.session(role, "lambda.amazonaws.com")
        queue = self._cloud.client("sqs").get_queue_url(QueueName=destination.rsplit(":", 1)[1])["QueueUrl"]
        self._cloud.client("sqs", HOME, credentials).send_message(QueueUrl=queue, MessageBody=json.dumps(record))

    def _arn(self, call: Call) -> str:
        name = call.parameters["FunctionName"]
        arn = name if name.startswith("arn:") else self._cloud.arn("lambda", f"function:{name}", call.region)
        qualifier = call.parameters.get("Qualifier")
        return f"{arn}:{qualifier}" if qualifier else arn

    def _invoke(self, call: Call) -> dict[str, Any]:
        kind = call.parameters.get("InvocationType", "RequestResponse")
        try:
            answer = self._functions.invoke(self._arn(call), call.body or b"{}", kind=kind)
        except NoSuchFunction as missing:
            raise Refusal("ResourceNotFoundException", str(missing), 404) from None
        told = {"StatusCode": ACCEPTED if kind == "Event" else OK, "Payload": answer.payload}
        return told | ({"FunctionError": answer.error} if answer.error else {})

    def _move_alias(self, call: Call) -> None:
        if version := call.parameters.get("FunctionVersion"):
            self._functions.point(f"{self._arn(call)}:{call.parameters['Name']}", version)
