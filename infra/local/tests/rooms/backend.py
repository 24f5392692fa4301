# SPDX-License-Identifier: Apache-2.0
"""What the function talks to: DynamoDB Local, and moto for its parameters. Any credentials will do."""
from __future__ import annotations

import logging
import subprocess
import threading
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from localaws.functions import Functions

from . import synthesised

TOOLS = synthesised.REPOSITORY / "build/tools/dynamodb-local"
# A line for each request would hide what a test says.
logging.getLogger("werkzeug").setLevel(logging.ERROR)

CREDENTIALS = synthesised.role_credentials("role/any")


class Backend:
    def __init__(self) -> None:
        self._moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._moto.start()
        host, port = self._moto.get_host_and_port()
        self.endpoint = f"http://{host}:{port}"
        jars = TOOLS / "jars"
        self._dynamodb = subprocess.Popen(
            ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx300m",
             "-cp", f"{TOOLS / 'classes'}:{jars}/*", "Loopback"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._dynamodb.stdout is not None
        self.dynamodb_endpoint = f"http://127.0.0.1:{self._dynamodb.stdout.readline().strip()}"
        threading.Thread(target=self._dynamodb.stdout.read, daemon=True).start()
        self._make_parameters()
        self._make_table()

    def client(self, service: str) -> Any:
        endpoint = self.dynamodb_endpoint if service == "dynamodb" else self.endpoint
        return boto3.client(
            service, region_name=synthesised.REGION, endpoint_url=endpoint,
            aws_access_key_id=CREDENTIALS["AccessKeyId"], aws_secret_access_key=CREDENTIALS["SecretAccessKey"])

    def functions(self, *parts: str, log: Any = lambda *_: None, **options: Any) -> Functions:
        return Functions(
            [synthesised.stack(part, **options) for part in parts], credentials_for=lambda _: CREDENTIALS,
            fetch_code=lambda *_: synthesised.CODE.read_bytes(), log=log,
            environment={"AWS_ENDPOINT_URL": self.endpoint, "AWS_ENDPOINT_URL_DYNAMODB": self.dynamodb_endpoint})

    def close(self) -> None:
        assert self._dynamodb.stdin is not None and self._dynamodb.stdout is not None
        self._dynamodb.stdin.close()
        self._dynamodb.wait(10)
        self._dynamodb.stdout.close()
        self._moto.stop()

    def _make_parameters(self) -> None:
        ssm = self.client("ssm")
        # moto keeps one world for the whole process.
        ssm.put_parameter(Name="/palabre/local/edit_secret", Type="SecureString", Value="s" * 44, Overwrite=True)
        made = synthesised.stack("Site").one("AWS::SSM::Parameter").properties
        ssm.put_parameter(Name=made["Name"], Type=made["Type"], Value=made["Value"], Overwrite=True)

    def _make_table(self) -> None:
        made = synthesised.stack("Data").one("AWS::DynamoDB::Table").properties
        wanted = ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
        self.client("dynamodb").create_table(**{key: made[key] for key in wanted if key in made})
