# SPDX-License-Identifier: Apache-2.0
"""What is asked, and what a set of documents says to it."""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property


@dataclass(frozen=True)
class Request:
    principal: str  # the arn of a role or a user, or a service: apigateway.amazonaws.com
    action: str  # dynamodb:Query
    resource: str  # an arn
    context: dict[str, str] = field(default_factory=dict)  # {"aws:SecureTransport": "true"}

    @cached_property
    def folded_context(self) -> dict[str, str]:
        """Names of condition keys have no case ("IAM JSON policy elements: Condition")."""
        return {name.lower(): value for name, value in self.context.items()}


class Verdict(Enum):
    ALLOWED = "allowed"
    DENIED = "denied"  # explicitly, which wins over everything
    SILENT = "silent"  # nothing was said: the default, which refuses unless another document allows
    # A resource's document allowed the account of the principal: the identity's documents decide
    # ("AWS JSON policy elements: Principal", AWS account principals).
    DELEGATED = "delegated"
