# SPDX-License-Identifier: Apache-2.0
"""Three environments in a cloud of their own (localaws.services): their templates, applied as CloudFormation would."""
from __future__ import annotations

import dataclasses
import functools
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from localaws.services import ACCOUNT
from localaws.services.cloud import HOME, Cloud
from localaws.templates import Stack, apply

from . import assembly

ABROAD = "us-east-1"

_INFRA = Path(__file__).resolve().parents[3]
_FOLDER = _INFRA.parent / "build/infra-local/templates"


@functools.cache
def synthesised() -> Path:
    """Where `first` and `second` stand, written once for all tests (see synthesise.ts)."""
    subprocess.run(["node", "--import", "tsx", "local/tests/templates/synthesise.ts", _FOLDER], cwd=_INFRA, check=True)
    return _FOLDER


def first_applied() -> Applied:
    """All of `first`, which tests only look at."""
    return _kept_or_made("first", _apply_first)


def second_applied() -> Applied:
    """All of `second` over all of `first`. Whoever changes something of it puts it back, or stops the cloud."""
    return _kept_or_made("second", _apply_second)


_kept: dict[str, Applied] = {}


def _kept_or_made(name: str, make: Callable[[], Applied]) -> Applied:
    """One for all files of tests that come before another cloud."""
    if name not in _kept or not _kept[name].cloud.is_running:
        _kept[name] = make()
    return _kept[name]


def _apply_first() -> Applied:
    made = Applied()
    templates, started = made.templates("first"), time.monotonic()
    for each in templates.values():
        made.apply(each)
    made.seconds = time.monotonic() - started
    return made


def _apply_second() -> Applied:
    made = Applied()
    made.apply_all("first")
    made.before = dict(made.stacks)
    made.client("dynamodb").put_item(TableName="CommentairesAlternance", Item={"id": {"S": "kept"}})
    made.apply_all("second")
    return made


class Applied:
    seconds: float  # that applying `first` took
    before: dict[str, Stack]  # as they were before `second`

    def __init__(self) -> None:
        self.cloud = Cloud()
        self.cloud.bootstrap((HOME, ABROAD))
        self.stacks: dict[str, Stack] = {}
        # The zone of the domain is there before any stack; only its id is not ours to choose.
        zone = self.client("route53", ABROAD).create_hosted_zone(Name="example.org", CallerReference="example.org")
        self.zone = zone["HostedZone"]["Id"].removeprefix("/hostedzone/")

    def templates(self, name: str) -> dict[str, assembly.Template]:
        made = {}
        for each in assembly.templates(synthesised() / name):
            body = json.loads(json.dumps(each.body).replace("ZTOBENAMED", self.zone))
            made[each.name] = dataclasses.replace(each, body=body)
        return made

    def apply(self, template: assembly.Template) -> Stack:
        """Over what stood there before, if anything did."""
        assembly.publish(template, ACCOUNT, self.client)
        self.stacks[template.name] = apply(
            template.body, name=template.name, region=template.region, account=ACCOUNT, parameters={},
            others=self.stacks, before=self.stacks.get(template.name), client=self.client)
        return self.stacks[template.name]

    def apply_all(self, name: str) -> None:
        for template in self.templates(name).values():
            self.apply(template)

    def client(self, service: str, region: str = HOME) -> Any:
        return self.cloud.client(service, region)
