# SPDX-License-Identifier: Apache-2.0
"""EventBridge Scheduler, whose clock somebody else turns: a schedule fires when it is told to."""
from __future__ import annotations

from datetime import datetime, timezone

from localaws.functions import Functions
from localaws.services.cloud import Cloud
from localaws.templates import Resource, Stack

SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"
SERVICE = "scheduler.amazonaws.com"


class Schedules:
    def __init__(self, cloud: Cloud, functions: Functions) -> None:
        self._cloud, self._functions = cloud, functions
        self._known: dict[str, tuple[str, Resource]] = {}

    def take(self, stack: Stack) -> None:
        for each in stack.of_type("AWS::Scheduler::Schedule"):
            self._known[each.properties["Name"]] = (stack.account, each)

    def forget(self, stack: Stack) -> None:
        for each in stack.of_type("AWS::Scheduler::Schedule"):
            self._known.pop(each.properties["Name"], None)

    def fire(self, name: str, at: datetime | None = None) -> None:
        """As at that moment of its plan. Raises PermissionError where its role may not. `Functions.wait` tells when
        what it has begun is over."""
        account, schedule = self._known[name]
        target = schedule.properties["Target"]
        role, function = target["RoleArn"], target["Arn"]
        context = {"aws:SourceAccount": account}
        self._cloud.session(role, SERVICE, context)
        if not self._cloud.allows(role, "lambda:InvokeFunction", function, context):
            raise PermissionError(f"{role} may not invoke {function}")
        moment = (at or datetime.now(timezone.utc)).strftime("%Y-%m-%dT%H:%M:%SZ")
        payload = target.get("Input", "{}").replace(SCHEDULED_TIME, moment)
        self._functions.invoke(function, payload.encode(), kind="Event")
