# SPDX-License-Identifier: Apache-2.0
"""What CloudFormation remembers: stacks, their change sets and their events."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Protocol

from .. import ACCOUNT


class Applier(Protocol):
    """localaws.templates. What it raises is the reason that a stack failed; an error with a `stack` tells
    what had been made by then, and a message that begins with "LOGICAL: " whose fault it was."""

    def apply(
        self,
        template: dict,
        *,
        name: str,
        region: str,
        account: str,
        parameters: dict,
        others: dict,
        before: Any,
        client: Callable,
    ) -> Any: ...

    def take_in(self, template: dict, identifiers: dict[str, dict[str, str]], **as_above: Any) -> Any:
        """The same for resources that are there already; only asked of change sets that import."""

    def remove(self, template: dict, stack: Any, *, client: Callable) -> None: ...


def now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass
class Asked:
    """What a change set, or CreateStack and UpdateStack, ask for."""

    body: str
    template: dict
    parameters: dict[str, str]
    tags: list[dict] = field(default_factory=list)
    capabilities: list[str] = field(default_factory=list)
    role: str | None = None


@dataclass
class ChangeSet:
    name: str
    arn: str
    asked: Asked
    kind: str  # CREATE, UPDATE or IMPORT
    changes: list[dict]
    status: str
    execution: str
    reason: str | None = None
    description: str | None = None
    identifiers: dict[str, dict[str, str]] = field(default_factory=dict)  # of what is imported, by logical id
    made: datetime = field(default_factory=now)


@dataclass
class Record:
    """A stack, also one that is only reviewed or is gone."""

    name: str
    region: str
    status: str
    reason: str | None = None
    asked: Asked | None = None  # as it stands
    stack: Any = None  # as the applier made it
    protected: bool = False
    change_sets: dict[str, ChangeSet] = field(default_factory=dict)
    change_set_done: str | None = None
    events: list[dict] = field(default_factory=list)
    arn: str = ""
    made: datetime = field(default_factory=now)
    updated: datetime | None = None
    deleted: datetime | None = None

    def __post_init__(self) -> None:
        self.arn = f"arn:aws:cloudformation:{self.region}:{ACCOUNT}:stack/{self.name}/{uuid.uuid4()}"

    def turn(self, status: str, reason: str | None = None, token: str | None = None) -> None:
        """A new state, and the event that tells of it."""
        self.status, self.reason = status, reason
        self.note(self.name, self.arn, "AWS::CloudFormation::Stack", status, reason, token)

    def note(
        self, logical: str, physical: str, type: str, status: str, reason: str | None = None, token: str | None = None
    ) -> None:
        self.events.append(
            {
                "StackId": self.arn,
                "EventId": str(uuid.uuid4()),
                "StackName": self.name,
                "LogicalResourceId": logical,
                "PhysicalResourceId": physical,
                "ResourceType": type,
                "Timestamp": now(),
                "ResourceStatus": status,
                "ResourceStatusReason": reason,
                "ClientRequestToken": token,
            }
        )
