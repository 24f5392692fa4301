# SPDX-License-Identifier: Apache-2.0
"""DynamoDB Local, which all functions of a run share, and nginx before it, which speaks TLS."""

import json
import shutil
import subprocess
import urllib.request

import machine
from functions import BUILD, TABLE
from parties import Absent, Nginx, Party

LOCAL = BUILD / "tools" / "dynamodb-local"
REGION = "eu-west-3"


def keys(*names):
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"))]


def index(name, *names):
    return {"IndexName": name, "KeySchema": keys(*names), "Projection": {"ProjectionType": "ALL"}}


# docs/formats/dynamodb.md
TABLE_DESCRIPTION = {
    "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": keys("id"),
    "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"}
                             for name in ("id", "sectionId", "timestamp", "queue")],
    "GlobalSecondaryIndexes": [index("sectionId-timestamp-index", "sectionId", "timestamp"),
                               index("queue-timestamp-index", "queue", "timestamp")],
}


class DynamoDbLocal(Party):
    """Started by tools/dynamodb-local, on a port of the kernel's, which it prints."""

    name = "DynamoDB Local"

    def __init__(self, folder, core):
        super().__init__(folder, core)
        self.program = shutil.which("java")
        if self.program is None or not (LOCAL / "stamp").exists():
            raise Absent("DynamoDB Local (tools/dynamodb-local/fetch)")

    def command(self):
        return [self.program, "-cp", f"{LOCAL / 'classes'}:{LOCAL / 'jars'}/*", "Loopback"], {}

    def spawn(self):
        line, _ = self.command()
        with open(self.folder / "output.log", "wb") as log:
            # It ends with its input: with us, however we end.
            self.process = subprocess.Popen(
                line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                preexec_fn=machine.pin(self.core))
        self.port = int(self.process.stdout.readline() or 0)

    def wait_until_ready(self, pause=0.05):
        if self.port == 0:
            log = (self.folder / "output.log").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{self.name} did not start:\n{log}")
        self.call("CreateTable", TABLE_DESCRIPTION)

    def call(self, operation, body):
        """One call of the API. The signature is not looked at, but has to be there."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/", json.dumps(body).encode(), {
                "Content-Type": "application/x-amz-json-1.0",
                "X-Amz-Target": f"DynamoDB_20120810.{operation}",
                "Authorization": f"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261126/{REGION}/"
                                 "dynamodb/aws4_request, SignedHeaders=host, Signature=0",
            })
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    def variables(self):
        """For a function's environment."""
        return {"AWS_ENDPOINT_URL_DYNAMODB": f"http://127.0.0.1:{self.port}"}


class TlsFront(Nginx):
    """Ends TLS before the database, as the real one is only to be had over TLS."""

    name = "nginx before DynamoDB Local"
    ready_at = "/health"

    def __init__(self, folder, core, database):
        super().__init__(folder, core, "dynamodb_tls.conf", folder, database=database.port)

    def variables(self):
        return {"AWS_ENDPOINT_URL_DYNAMODB": f"https://localhost:{self.tls_port}",
                "AWS_CA_BUNDLE": str(self.certificate)}
