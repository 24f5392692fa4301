# SPDX-License-Identifier: Apache-2.0
from dataclasses import dataclass, field

from .. import ACCOUNT
from ..call import Call


@dataclass(frozen=True)
class Need:
    action: str
    resource: str
    context: dict[str, str] = field(default_factory=dict)


class NoDerivation(Exception):
    def __init__(self, call: Call, detail: str = ""):
        super().__init__(f"nobody said which rights {call.service} {call.operation} needs{detail}")


def arn(call: Call, resource: str, service: str | None = None) -> str:
    return f"arn:aws:{service or call.service}:{call.region}:{ACCOUNT}:{resource}"
