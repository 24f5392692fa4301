# SPDX-License-Identifier: Apache-2.0
"""Where objects come from: the gateway, the bucket, and a group that asks a second one when the first has nothing."""
from __future__ import annotations

import email.utils
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from urllib.parse import unquote

from localaws.http import Headers, Request, Response
from localaws.templates.stack import Resource, Stack

from . import conditional
from .behaviours import Behaviour
from .forwarding import forwarded

# "Origin response timeout" of an origin that does not say.
READ_SECONDS = 30

FAILOVER_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class StoredObject:
    body: bytes
    etag: str  # with its quotation marks
    modified: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    # Content-Type, Cache-Control, Content-Encoding and x-amz-meta-…, as they were uploaded.
    headers: tuple[tuple[str, str], ...] = ()


def reader_of(client: Any) -> Callable[[str, str], StoredObject | None]:
    """By a boto3 client of S3."""
    named = {"ContentType": "Content-Type", "CacheControl": "Cache-Control", "ContentEncoding": "Content-Encoding",
             "ContentDisposition": "Content-Disposition", "ContentLanguage": "Content-Language"}

    def read(bucket: str, key: str) -> StoredObject | None:
        try:
            found = client.get_object(Bucket=bucket, Key=key)
        except client.exceptions.NoSuchKey:
            return None
        headers = [(header, found[member]) for member, header in named.items() if found.get(member)]
        headers += [(f"x-amz-meta-{name}", value) for name, value in found.get("Metadata", {}).items()]
        return StoredObject(found["Body"].read(), found["ETag"], found["LastModified"], tuple(headers))

    return read


class Origins:
    def __init__(
        self, stack: Stack, distribution: Resource, *, gateway: Any,
        read_object: Callable[[str, str], StoredObject | None], policies: Any, edge: str,
    ) -> None:
        config = distribution.properties["DistributionConfig"]
        self._origins = {each["Id"]: each for each in config["Origins"]}
        self._groups = {each["Id"]: each for each in config.get("OriginGroups", {}).get("Items", [])}
        self._gateway, self._edge = gateway, edge
        arn = f"arn:aws:cloudfront::{stack.account}:distribution/{distribution.ref}"
        self._buckets = {
            each.attributes["RegionalDomainName"]: Bucket(stack, each, arn, read_object, policies)
            for each in stack.of_type("AWS::S3::Bucket")
        }
        controls = stack.of_type("AWS::CloudFront::OriginAccessControl")
        self._controls = {id: each for each in controls for id in (each.ref, each.attributes.get("Id", each.ref))}

    def ask(self, request: Request, behaviour: Behaviour) -> Response:
        target = behaviour.config["TargetOriginId"]
        group = self._groups.get(target)
        if group is None:
            return self._ask_one(target, request, behaviour)
        first, second = (each["OriginId"] for each in group["Members"]["Items"])
        answer = self._ask_one(first, request, behaviour)
        if answer.status in group["FailoverCriteria"]["StatusCodes"]["Items"] and request.method in FAILOVER_METHODS:
            return self._ask_one(second, request, behaviour)
        return answer

    def _ask_one(self, id: str, request: Request, behaviour: Behaviour) -> Response:
        origin = self._origins[id]
        host = origin["DomainName"]
        asked = forwarded(request, behaviour, host=host, origin=origin, edge=self._edge)
        for name in ("If-None-Match", "If-Modified-Since"):
            if (value := request.headers.get(name)) is not None:
                asked.headers.set(name, value)
        if host in self._buckets:
            control = self._controls.get(origin.get("OriginAccessControlId", ""))
            is_signed = control is not None and _signs(control)
            return self._buckets[host].answer(asked, is_signed=is_signed)
        if host != self._gateway.host:
            raise NotImplementedError(f"the origin {host}")
        if origin["CustomOriginConfig"]["OriginProtocolPolicy"] != "https-only":
            return Response(502, body=b"the gateway speaks nothing but HTTPS")
        seconds = float(origin["CustomOriginConfig"].get("OriginReadTimeout", READ_SECONDS))
        return _in_time(lambda: self._gateway.handle(asked), seconds)


def _signs(control: Resource) -> bool:
    config = control.properties["OriginAccessControlConfig"]
    return config["SigningBehavior"] == "always" and config["OriginAccessControlOriginType"] == "s3"


def _in_time(ask: Callable[[], Response], seconds: float) -> Response:
    told: list[Response] = []
    thread = threading.Thread(target=lambda: told.append(ask()), daemon=True)
    thread.start()
    thread.join(seconds)
    if told:
        return told[0]
    # Either it still works, or it raised, which its thread has shown.
    return Response(504 if thread.is_alive() else 502, Headers([("Content-Type", "text/html")]), b"<h1>Error</h1>")


class Bucket:
    """S3's REST interface, as far as CloudFront uses it, judged by the bucket's own policy."""

    def __init__(
        self, stack: Stack, of: Resource, distribution_arn: str, read: Callable[[str, str], StoredObject | None],
        policies: Any,
    ) -> None:
        self._name, self._arn, self._read, self._policies = of.ref, of.attributes["Arn"], read, policies
        self._distribution_arn = distribution_arn
        documents = [each.properties["PolicyDocument"] for each in stack.of_type("AWS::S3::BucketPolicy")
                     if each.properties["Bucket"] == of.ref]
        self._document = documents[0] if documents else {"Statement": []}

    def answer(self, request: Request, *, is_signed: bool) -> Response:
        if request.method not in ("GET", "HEAD"):
            return _error(405, "MethodNotAllowed")
        key = unquote(request.path).removeprefix("/")
        if not key:
            raise NotImplementedError("CloudFront asks for the list of the bucket: a root without an object")
        if not self._may("s3:GetObject", f"{self._arn}/{key}", is_signed):
            return _error(403, "AccessDenied")
        found = self._read(self._name, key)
        if found is None:
            # Who may not list does not learn what is missing.
            may_list = self._may("s3:ListBucket", self._arn, is_signed)
            return _error(404, "NoSuchKey") if may_list else _error(403, "AccessDenied")
        modified = email.utils.format_datetime(found.modified.astimezone(timezone.utc), usegmt=True)
        headers = Headers([*found.headers, ("ETag", found.etag), ("Last-Modified", modified),
                           ("Accept-Ranges", "bytes"), ("Server", "AmazonS3")])
        if "content-type" not in headers:
            headers.set("Content-Type", "binary/octet-stream")
        return conditional.answer(request, Response(200, headers, found.body))

    def _may(self, action: str, resource: str, is_signed: bool) -> bool:
        context = {"aws:SecureTransport": "true"}
        if is_signed:
            context["aws:SourceArn"] = self._distribution_arn
        principal = "cloudfront.amazonaws.com" if is_signed else "anonymous"
        asked = self._policies.Request(principal, action, resource, context)
        return self._policies.resource_allows(self._document, asked) is self._policies.Verdict.ALLOWED


def _error(status: int, code: str) -> Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code></Error>'
    return Response(status, Headers([("Content-Type", "application/xml"), ("Server", "AmazonS3")]), text.encode())
