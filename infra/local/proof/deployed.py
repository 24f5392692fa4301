# SPDX-License-Identifier: Apache-2.0
"""What ./deploy made of the environment `production` in a world of its own, once for all tests of a run."""
from __future__ import annotations

import atexit
import contextlib
import functools
import http.client
import itertools
import json
import os
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from localaws.functions.machine import ARCHITECTURE
from localaws.http import Headers, Request
from localaws.services import ACCOUNT
from localaws.world import World

REPOSITORY = Path(__file__).resolve().parents[3]
ENVIRONMENT = "production"

# What ./package lambda built; another one by this variable.
CODE = Path(os.environ.get("LOCALAWS_CODE", REPOSITORY / f"build/lambda/palabre-{ARCHITECTURE}.zip"))

# Lambda runs what this machine can run. The rest is as in infra/environments.ts, all of it: firewall, probe, key.
OPTIONS = {"architecture": ARCHITECTURE, "accountParts": "create", "release": "at-once", "github": "ines/portfolio"}

DEPLOY_SECONDS_MAX = 900
REQUEST_SECONDS_MAX = 30

# One reader may make ten posts in a while: each post of the proof is another reader's.
READERS = itertools.cycle(f"127.0.0.{number}" for number in range(2, 255))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in small letters
    body: bytes

    def json(self):
        return json.loads(self.body)


class Clock:
    """Of the edge and of the gateway: a test may put it forward, or stop it."""
    _ahead = 0.0
    _stopped_at: float | None = None

    def __call__(self) -> float:
        return (self._stopped_at or time.time()) + self._ahead

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        self._stopped_at = time.time()
        try:
            yield
        finally:
            self._stopped_at = None

    @contextlib.contextmanager
    def later(self, seconds: float) -> Iterator[None]:
        self._ahead += seconds
        try:
            yield
        finally:
            self._ahead -= seconds


@dataclass
class Deployed:
    world: World
    clock: Clock
    seconds: dict[str, float] = field(default_factory=dict)

    def deploy(self, *words: str, options: Mapping[str, object] | None = None,
               expect: int = 0, code: Path = CODE,
               credentials: dict[str, str] | None = None) -> subprocess.CompletedProcess:
        """./deploy with these words, as the owner of the account runs it, unless with other credentials."""
        chosen = OPTIONS | {"allowedOrigins": [self.world.address]} | (options or {})
        command = [REPOSITORY / "deploy", "--no-install", "--environment", ENVIRONMENT, "--yes", "--options",
                   json.dumps(chosen), "--code", code, "--address", self.world.address, *words]
        since = time.monotonic()
        done = subprocess.run(
            command, cwd=REPOSITORY, capture_output=True, text=True, timeout=DEPLOY_SECONDS_MAX, check=False,
            env=own_environment() | self.world.cloud.environment(credentials)
            | {"SSL_CERT_FILE": str(self.world.trust)})
        self.seconds[" ".join(words) or "deploy"] = time.monotonic() - since
        assert done.returncode == expect, f"./deploy ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return done

    @property
    def host(self) -> str:
        return self.world.edge.domain

    @functools.cached_property
    def site_key(self) -> str:
        """The key that stands in the pages."""
        keys = self.world.cloud.client("apigateway").get_api_keys(nameQuery=f"palabre-{ENVIRONMENT}-site",
                                                                  includeValues=True)
        return keys["items"][0]["value"]

    def output(self, part: str, name: str) -> str:
        return self.world.stacks[f"Palabre-{ENVIRONMENT}-{part}"].outputs[name]

    def role(self, name: str) -> str:
        return f"arn:aws:iam::{ACCOUNT}:role/{name}"

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None,
            reader: str = "127.0.0.1") -> Answer:
        """As a reader's browser does: TLS to the edge, by the distribution's own name."""
        trust = ssl.create_default_context(cafile=str(self.world.edge.trust))
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.world.edge.https, timeout=REQUEST_SECONDS_MAX, context=trust,
            source_address=(reader, 0))
        sent = {"Host": self.host} | ({"Content-Type": "application/json"} if body is not None else {})
        data = json.dumps(body) if body is not None and not isinstance(body, (str, bytes)) else body
        try:
            connection.request(method, path, data, sent | dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def ask_gateway(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """At the gateway's own address, which anybody on the Internet can try."""
        answer = self.world.gateway.handle(Request(method, path, Headers((headers or {}).items())))
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers}, answer.body)

    def post(self, section: str, text: str, **more: str) -> Answer:
        draft = {"sectionId": section, "author": "Camille", "text": text} | more
        return self.ask("POST", "/commentaires", draft, {"x-api-key": self.site_key}, next(READERS))


@functools.cache
def deployed() -> Deployed:
    clock = Clock()
    world = World(clock=clock, sleep=_hardly_sleep)
    atexit.register(world.close)
    made = Deployed(world, clock)
    made.deploy()
    return made


def _hardly_sleep(seconds: float) -> None:
    """Lambda waits for minutes between two attempts."""
    time.sleep(min(seconds, 0.1))


def own_environment() -> dict[str, str]:
    """No credential and no address of a real cloud reaches what we start."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
