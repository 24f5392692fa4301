# SPDX-License-Identifier: Apache-2.0
"""A moto server in this process, and clients for it."""
from __future__ import annotations

import dataclasses
import functools
import json
import logging
import os
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer

from localaws.templates import Stack, apply

from . import assembly
from .gaps import STANDS

ACCOUNT = "123456789012"
HOME, ABROAD = "eu-west-3", "us-east-1"


_INFRA = Path(__file__).resolve().parents[3]
_FOLDER = _INFRA.parent / "build/infra-local/templates"

# The server tells each request otherwise.
logging.getLogger("werkzeug").setLevel(logging.ERROR)


@functools.cache
def synthesised() -> Path:
    """Where `first` and `second` stand, written once for all tests (see synthesise.ts)."""
    subprocess.run(["node", "--import", "tsx", "local/tests/templates/synthesise.ts", _FOLDER], cwd=_INFRA, check=True)
    return _FOLDER


def applied() -> World:
    """A world with everything of `first` in it, which tests only look at."""
    # All worlds of a process are one for moto: whoever made another one has emptied this.
    if World.latest is None or not World.latest.seconds:
        world = World()
        templates, started = world.templates("first"), time.monotonic()
        for each in templates.values():
            world.apply(each)
        world.seconds = time.monotonic() - started
    assert World.latest is not None
    return World.latest


class World:
    latest: World | None = None
    seconds = 0.0  # that applying everything took

    def __init__(self) -> None:
        # Our roles are given policies of AWS, which moto brings along when it is asked to.
        os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        self.url = "http://{}:{}".format(*self._server.get_host_and_port())
        World.latest = self
        self._clients: dict[tuple[str, str], Any] = {}
        self.stacks: dict[str, Stack] = {}
        # Functions are only kept here, never run: no container for them.
        settings = {"lambda": {"use_docker": False}}
        _post(f"{self.url}/moto-api/config", json.dumps(settings).encode())
        _post(f"{self.url}/moto-api/reset", b"")
        assembly.bootstrap(ACCOUNT, [HOME, ABROAD], self.client)
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

    def client(self, service: str, region: str) -> Any:
        region = ABROAD if service == "cloudfront" else region  # one for all regions
        if (service, region) not in self._clients:
            real = boto3.client(
                service, region_name=region, endpoint_url=self.url, aws_access_key_id="test",
                aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))
            self._clients[service, region] = STANDS[service](real) if service in STANDS else real
        return self._clients[service, region]


def _post(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")
    urllib.request.urlopen(request, timeout=10).close()
