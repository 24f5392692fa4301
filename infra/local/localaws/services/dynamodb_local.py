# SPDX-License-Identifier: Apache-2.0
"""DynamoDB Local as a child: everything about items, and what it knows of tables."""

import json
import subprocess
import zlib
from pathlib import Path

import requests
from werkzeug.wrappers import Response

from . import ACCOUNT
from .call import Call

FOLDER = Path(__file__).resolve().parents[4] / "build/tools/dynamodb-local"  # tools/dynamodb-local/fetch
HEAP = "-Xmx500m"  # a few thousand comments take a tenth of it
ITS_ARNS = "arn:aws:dynamodb:ddblocal:000000000000:"
# Half a minute is more than any of its answers took, and less than a test waits for.
TIMEOUT_S = 30
# It checks the form of a signature and nothing else.
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=LOCAL/20260101/eu-west-3/dynamodb/aws4_request, SignedHeaders=host, Signature=00"
)


class DynamoDbLocal:
    def __init__(self) -> None:
        if not (FOLDER / "stamp").exists():
            raise RuntimeError("there is no DynamoDB Local: run tools/dynamodb-local/fetch")
        jars = FOLDER / "jars"
        self._child = subprocess.Popen(
            ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", HEAP]
            + ["-cp", f"{FOLDER / 'classes'}:{jars}/*", "Loopback"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._child.stdout
        self.url = f"http://127.0.0.1:{int(self._child.stdout.readline())}"
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy on the way to ourselves

    def stop(self) -> None:
        assert self._child.stdin and self._child.stdout
        self._child.stdin.close()  # Loopback ends with it
        self._child.wait()
        self._child.stdout.close()
        self._session.close()

    def answer(self, call: Call) -> Response:
        """The call as it came; arns on the way back name our account and region."""
        target, body = call.headers["X-Amz-Target"], self._outward(call.body, call.region)
        answer = self._ask(target, body)
        text = self._homeward(answer.content, call.region)
        headers = {"Content-Type": "application/x-amz-json-1.0", "x-amzn-RequestId": answer.headers["x-amzn-RequestId"]}
        # SDKs compare it, and theirs was of the text with the other arns.
        headers["x-amz-crc32"] = str(zlib.crc32(text))
        return Response(text, status=answer.status_code, headers=headers)

    def ask(self, operation: str, **parameters) -> dict:
        """For ourselves."""
        answer = self._ask(f"DynamoDB_20120810.{operation}", json.dumps(parameters).encode())
        answer.raise_for_status()
        return answer.json()

    def _ask(self, target: str, body: bytes) -> requests.Response:
        headers = {"Authorization": AUTHORIZATION, "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": target}
        return self._session.post(self.url, data=body, headers=headers, timeout=TIMEOUT_S)

    @staticmethod
    def _homeward(body: bytes, region: str) -> bytes:
        return body.replace(ITS_ARNS.encode(), f"arn:aws:dynamodb:{region}:{ACCOUNT}:".encode())

    @staticmethod
    def _outward(body: bytes, region: str) -> bytes:
        return body.replace(f"arn:aws:dynamodb:{region}:{ACCOUNT}:".encode(), ITS_ARNS.encode())
