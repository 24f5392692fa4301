# SPDX-License-Identifier: Apache-2.0
"""What a type of resource must be able to do, and what it is given for it."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Callable

from .errors import CannotImport, CannotUpdate
from .given import Given
from .shapes import shaped
from .stack import Resource


@dataclass
class Made:
    """What CloudFormation would give for Ref and GetAtt."""

    ref: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Place:
    """Where one resource is made."""

    account: str
    region: str
    stack: str
    logical: str
    clients: Callable[[str, str], Any]
    update_policy: dict = field(default_factory=dict)

    def client(self, service: str) -> Any:
        return self.clients(service, self.region)

    def send(self, service: str, operation: str, properties: dict, *, names: dict[str, str] = {}, **more: Any) -> dict:
        """Calls an operation with properties as CloudFormation writes them, and more as the API does."""
        client = self.client(service)
        method = client.meta.method_to_api_mapping[operation]
        shape = client.meta.service_model.operation_model(method).input_shape
        return getattr(client, operation)(**shaped(shape, properties, names), **more)

    def arn(self, service: str, rest: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{rest}"

    def name(self, characters_max: int = 64) -> str:
        """For what has no name in the template: always the same one for the same resource."""
        end = hashlib.sha256(f"{self.stack}/{self.logical}".encode()).hexdigest()[:12]
        return f"{self.stack}-{self.logical}"[: characters_max - 13] + f"-{end}"


class Handler:
    # What `update` does not change. Much of it CloudFormation would answer with a new resource.
    fixed: frozenset[str] = frozenset()
    # A change of these makes a new resource, and afterwards deletes the old one unless it is to be kept.
    replaced_by: frozenset[str] = frozenset()

    def create(self, place: Place, given: Given) -> Made:
        raise NotImplementedError

    def find(self, place: Place, identifier: dict[str, str]) -> Made:
        """What is there already, by CloudFormation's own identifier of the type. The service says when it is not."""
        raise CannotImport(f"nobody finds it by {', '.join(identifier)}")

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        raise CannotUpdate(f"{before.type} cannot be updated")

    def delete(self, place: Place, resource: Resource) -> None:
        raise NotImplementedError


class Put(Handler):
    """What is made and changed by the same call."""

    def update(self, place: Place, given: Given, before: Resource) -> Made:
        return self.create(place, given)
