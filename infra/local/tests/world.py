# SPDX-License-Identifier: Apache-2.0
"""A moto server in this process, and clients for it."""
from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer

from gaps import STANDS

ACCOUNT = "123456789012"
HOME, ABROAD = "eu-west-3", "us-east-1"


class World:
    def __init__(self) -> None:
        # Our roles are given policies of AWS, which moto brings along when it is asked to.
        os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        self.url = "http://{}:{}".format(*self._server.get_host_and_port())
        self._clients: dict[tuple[str, str], Any] = {}
        self.forget()

    def forget(self) -> None:
        # Functions are only kept here, never run: no container for them.
        settings = {"lambda": {"use_docker": False}}
        _post(f"{self.url}/moto-api/config", json.dumps(settings).encode())
        _post(f"{self.url}/moto-api/reset", b"")
        self._clients.clear()

    def client(self, service: str, region: str) -> Any:
        region = ABROAD if service == "cloudfront" else region  # one for all regions
        if (service, region) not in self._clients:
            real = boto3.client(
                service, region_name=region, endpoint_url=self.url, aws_access_key_id="test",
                aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))
            self._clients[service, region] = STANDS[service](real) if service in STANDS else real
        return self._clients[service, region]

    def close(self) -> None:
        self._server.stop()


def _post(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")
    urllib.request.urlopen(request, timeout=10).close()
