# SPDX-License-Identifier: Apache-2.0
"""CloudFront functions at the event viewer-request, run by a small Node process."""
from __future__ import annotations

import dataclasses
import json
import subprocess
import threading
import uuid
from pathlib import Path
from typing import Any

from localaws.http import Headers, Request, Response

RUNNER = Path(__file__).with_name("viewer-function.mjs")

# What a function of CloudFront may be long.
CODE_BYTES_MAX = 10 * 1024


class FunctionFailed(Exception):
    """FunctionExecutionError or FunctionValidationError: readers get 503."""


class ViewerFunction:
    def __init__(self, code: str, *, distribution: str, domain: str) -> None:
        if len(code.encode()) > CODE_BYTES_MAX:
            raise ValueError(f"FunctionSizeLimitExceeded: {len(code.encode())} bytes")
        self._context = {"distributionDomainName": domain, "distributionId": distribution,
                         "eventType": "viewer-request"}
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            ["node", str(RUNNER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self._write({"code": code})

    def run(self, request: Request) -> Request | Response:
        event = {
            "version": "1.0",
            "context": {**self._context, "requestId": uuid.uuid4().hex},
            "viewer": {"ip": request.source_ip},
            "request": _request_of(request),
        }
        with self._lock:
            self._write(event)
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
        told = json.loads(line) if line else {"error": "the function did not load"}
        if "error" in told:
            raise FunctionFailed(told["error"])
        return _outcome(told["value"], request)

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _write(self, value: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(value) + "\n")
        self._process.stdin.flush()


def _request_of(request: Request) -> dict[str, Any]:
    parameters = [part.partition("=") for part in request.query.split("&") if part]
    cookies = [part.strip().partition("=") for part in (request.headers.get("cookie") or "").split(";") if part.strip()]
    headers = [(name.lower(), value) for name, value in request.headers if name.lower() != "cookie"]
    return {
        "method": request.method,
        "uri": request.path,
        "querystring": _several((name, value) for name, _, value in parameters),
        "headers": _several(headers),
        "cookies": _several((name, value) for name, _, value in cookies),
    }


def _several(pairs: Any) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: {"value": values[0]} if len(values) == 1 else
            {"value": values[0], "multiValue": [{"value": each} for each in values]} for name, values in found.items()}


def _pairs(of: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, each["value"]) for name, given in of.items() for each in given.get("multiValue", [given])]


def _outcome(value: Any, request: Request) -> Request | Response:
    if not isinstance(value, dict):
        raise FunctionFailed("the function gave back neither a request nor an answer")
    if "statusCode" in value:
        headers = Headers((name, text) for name, text in _pairs(value.get("headers", {})))
        body = value.get("body", "")
        return Response(value["statusCode"], headers, (body if isinstance(body, str) else body["data"]).encode())
    uri = value["uri"]
    if not uri.startswith("/"):
        raise FunctionFailed(f"the uri {uri!r} does not begin with /")
    parts = [f"{name}={text}" if text else name for name, text in _pairs(value["querystring"])]
    headers = Headers(_pairs(value["headers"]))
    if value.get("cookies"):
        headers.set("cookie", "; ".join(f"{name}={text}" for name, text in _pairs(value["cookies"])))
    return dataclasses.replace(request, target=uri + ("?" + "&".join(parts) if parts else ""), headers=headers)
