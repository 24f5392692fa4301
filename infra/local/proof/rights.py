# SPDX-License-Identifier: Apache-2.0
"""Takes a right away from a role of the deployment, and gives it back."""
from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager

from .asked import provoking
from .deployed import Deployed

POLICY = "own"  # what infra/lib calls the document of every role


def listed(one_or_more: str | list[str]) -> list[str]:
    return one_or_more if isinstance(one_or_more, list) else [one_or_more]


def document_of(site: Deployed, role: str) -> dict:
    return site.world.cloud.client("iam").get_role_policy(RoleName=role, PolicyName=POLICY)["PolicyDocument"]


@contextmanager
def without(site: Deployed, role: str, *beginnings: str) -> Iterator[None]:
    """Without the actions that begin so."""
    iam = site.world.cloud.client("iam")
    whole = document_of(site, role)
    cut = copy.deepcopy(whole)
    for statement in cut["Statement"]:
        statement["Action"] = [each for each in listed(statement["Action"]) if not each.startswith(beginnings)]
    cut["Statement"] = [each for each in cut["Statement"] if each["Action"]]
    assert cut != whole, f"{role} has none of {beginnings}"
    with provoking(site.world):
        try:
            iam.put_role_policy(RoleName=role, PolicyName=POLICY, PolicyDocument=json.dumps(cut))
            yield
        finally:
            iam.put_role_policy(RoleName=role, PolicyName=POLICY, PolicyDocument=json.dumps(whole))
