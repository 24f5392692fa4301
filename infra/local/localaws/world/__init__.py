# SPDX-License-Identifier: Apache-2.0
"""The list of parts: everything that stands for AWS on this machine, and how one finds the other."""
from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from localaws import policies
from localaws.edge import Edge, reader_of
from localaws.edge.pages import page
from localaws.functions import Functions
from localaws.gateway import Gateway, keys_of
from localaws.http import Listener, Request, Response, certificate
from localaws.services.call import Call
from localaws.services.cloud import HOME, Cloud
from localaws.services.gaps.codedeploy import end_deployments
from localaws.templates import Stack

from .applier import Applier
from .invocations import Invocations
from .logs import Logs
from .pools import keys_of_pool
from .schedules import Schedules


class World:
    """with World() as world: … whatever is deployed answers at `address` as soon as its stacks stand.

    `port` is that of the address, 0 for one that the kernel chooses; `clock` that of the edge and of the gateway;
    `sleep` is how Lambda waits before it tries an event again."""

    def __init__(
        self, port: int = 0, *, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] | None = None,
    ) -> None:
        self._clock = clock
        self.stacks: dict[str, Stack] = {}
        self._edges: dict[str, Edge] = {}
        self._gateways: dict[str, Gateway] = {}
        self._lock = threading.RLock()
        self.cloud = Cloud()
        self.cloud.bootstrap()
        self.cloud.deploys_with(Applier(self._applied, self._removed))
        self.logs = Logs(self.cloud)
        self.invocations = Invocations(self.cloud)
        self.functions = Functions(
            [], credentials_for=self._credentials, fetch_code=self._code, log=self.logs.of_function,
            environment={"AWS_ENDPOINT_URL": self.cloud.url}, on_failure=self.invocations.given_up, sleep=sleep,
        )
        self.invocations.begin(self.functions)
        self.schedules = Schedules(self.cloud, self.functions)
        self.cloud.hear("cloudfront", "CreateInvalidation", self._invalidate)
        self._folder = tempfile.TemporaryDirectory(prefix="localaws-")
        tls, self.trust = certificate.make(["localhost"], Path(self._folder.name))
        self._door = Listener(self._answer, tls, port)

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for each in (self._door, *self._edges.values(), self.functions, self.logs):
            each.close()
        self.cloud.stop()
        self._folder.cleanup()

    @property
    def address(self) -> str:
        """Where a browser of this machine finds the distribution that was deployed last."""
        return f"https://localhost:{self._door.port}"

    @property
    def edge(self) -> Edge:
        """The distribution that was deployed last."""
        with self._lock:
            return list(self._edges.values())[-1]

    @property
    def gateway(self) -> Gateway:
        """The one behind it, which refuses whoever comes by another way."""
        with self._lock:
            return list(self._gateways.values())[-1]

    # --- what a deployment brings about ---

    def _applied(self, stack: Stack) -> None:
        with self._lock:
            self.stacks[stack.name] = stack
            end_deployments(stack.region)
            self.functions.take([stack])
            self.schedules.take(stack)
            self._open(stack)

    def _removed(self, stack: Stack) -> None:
        with self._lock:
            self.stacks.pop(stack.name, None)
            self.schedules.forget(stack)
            self._close(stack.name.rsplit("-", 1)[0])

    def _open(self, changed: Stack) -> None:
        """A gateway and the distribution before it, once both stand; anew when either has changed."""
        environment, part = changed.name.rsplit("-", 1)
        api, site = (self.stacks.get(f"{environment}-{each}") for each in ("Api", "Site"))
        if part not in ("Api", "Site") or api is None or site is None:
            return
        client = self.cloud.client
        gateway = self._gateways[environment] = Gateway(
            api, self.functions, jwks_for=lambda pool: keys_of_pool(self.cloud, pool), policies=policies,
            api_keys=lambda: keys_of(client("apigateway", HOME)), access_log=self.logs.of_gateway(api),
            clock=self._clock,
        )
        if environment in self._edges:
            self._edges[environment].take(site, gateway)
        else:
            self._edges[environment] = Edge(site, gateway, reader_of(client("s3", HOME)), policies=policies,
                                             clock=self._clock)

    def _close(self, environment: str) -> None:
        self._gateways.pop(environment, None)
        if environment in self._edges:
            self._edges.pop(environment).close()

    def _answer(self, request: Request) -> Response:
        with self._lock:
            edges = list(self._edges.values())
        if not edges:
            return page(503, "Nothing here yet", "No distribution was deployed")
        return edges[-1].handle(request)

    def _invalidate(self, call: Call) -> None:
        with self._lock:
            edges = [each for each in self._edges.values() if each.id == call.parameters["DistributionId"]]
        for each in edges:
            each.invalidate(*call.parameters["InvalidationBatch"]["Paths"]["Items"])

    # --- what Lambda asks for ---

    def _credentials(self, role: str) -> dict[str, str]:
        return self.cloud.session(role, "lambda.amazonaws.com")

    def _code(self, bucket: str, key: str) -> bytes:
        return self.cloud.client("s3", HOME).get_object(Bucket=bucket, Key=key)["Body"].read()
