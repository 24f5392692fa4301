# SPDX-License-Identifier: Apache-2.0
"""Which function, version and settings an ARN means, from the stacks as they were applied."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from localaws.templates.stack import Stack

LATEST = "$LATEST"

# Lambda's own when a template does not say.
TIMEOUT_SECONDS = 3
MEMORY_MB = 128


class NoSuchFunction(Exception):
    """ResourceNotFoundException."""


@dataclass(frozen=True)
class Configuration:
    """All that an instance is started with. Equal ones can share instances."""
    name: str
    version: str
    region: str
    account: str
    role: str
    handler: str
    code: tuple[str, str]  # bucket and key
    architecture: str
    timeout_seconds: int
    memory_mb: int
    log_group: str
    variables: tuple[tuple[str, str], ...]
    reserved: int | None  # concurrent events that are its own

    @property
    def arn(self) -> str:
        return f"arn:aws:lambda:{self.region}:{self.account}:function:{self.name}"


@dataclass(frozen=True)
class AsynchronousSettings:
    """Of AWS::Lambda::EventInvokeConfig; the defaults are Lambda's."""
    retries: int = 2
    age_seconds_max: int = 6 * 3600
    on_failure: str | None = None


@dataclass
class Catalogue:
    """Versions stay as they were when they first came: an alias may be turned back to any of them."""
    latest: dict[str, Configuration] = field(default_factory=dict)
    versions: dict[tuple[str, str], Configuration] = field(default_factory=dict)
    aliases: dict[tuple[str, str], str] = field(default_factory=dict)
    asynchronous: dict[tuple[str, str], AsynchronousSettings] = field(default_factory=dict)

    def take(self, stacks: Iterable[Stack]) -> None:
        for stack in stacks:
            for each in stack.of_type("AWS::Lambda::Function"):
                made = _configuration(stack, each.ref, each.attributes["Arn"], each.properties)
                self.latest[made.arn] = made
            for each in stack.of_type("AWS::Lambda::Version"):
                arn, number = _function_arn(each.ref), each.attributes["Version"]
                numbered = _with_version(self.latest[arn], number)
                self.versions.setdefault((arn, number), numbered)
            for each in stack.of_type("AWS::Lambda::Alias"):
                self.point(each.ref, each.properties["FunctionVersion"])
            for each in stack.of_type("AWS::Lambda::EventInvokeConfig"):
                self._take_asynchronous(each.properties)

    def point(self, alias_arn: str, version: str) -> None:
        arn, name = _split(alias_arn)
        self.aliases[arn, name] = version

    def find(self, asked: str) -> Configuration:
        """`asked`: an ARN, with or without a version or an alias."""
        arn, qualifier = _split(asked)
        version = self.aliases.get((arn, qualifier), qualifier)
        found = self.latest.get(arn) if version == LATEST else self.versions.get((arn, version))
        if found is None:
            raise NoSuchFunction(f"Function not found: {asked}")
        return found

    def asynchronous_of(self, asked: str) -> AsynchronousSettings:
        arn, qualifier = _split(asked)
        return self.asynchronous.get((arn.rsplit(":", 1)[1], qualifier), AsynchronousSettings())

    def _take_asynchronous(self, given: dict[str, Any]) -> None:
        name = given["FunctionName"].rsplit(":", 1)[-1]
        self.asynchronous[name, given["Qualifier"]] = AsynchronousSettings(
            retries=int(given.get("MaximumRetryAttempts", AsynchronousSettings.retries)),
            age_seconds_max=int(given.get("MaximumEventAgeInSeconds", AsynchronousSettings.age_seconds_max)),
            on_failure=given.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"),
        )


def _split(arn: str) -> tuple[str, str]:
    """The ARN of the function itself, and which of it: arn:aws:lambda:region:account:function:name[:qualifier]."""
    parts = arn.split(":")
    return ":".join(parts[:7]), parts[7] if len(parts) > 7 else LATEST


def _function_arn(version_arn: str) -> str:
    return _split(version_arn)[0]


def _configuration(stack: Stack, name: str, arn: str, given: dict[str, Any]) -> Configuration:
    variables = given.get("Environment", {}).get("Variables", {})
    reserved = given.get("ReservedConcurrentExecutions")
    return Configuration(
        name=name,
        version=LATEST,
        region=stack.region,
        account=arn.split(":")[4],
        role=given["Role"],
        handler=given["Handler"],
        code=(given["Code"]["S3Bucket"], given["Code"]["S3Key"]),
        architecture=given.get("Architectures", ["x86_64"])[0],
        timeout_seconds=int(given.get("Timeout", TIMEOUT_SECONDS)),
        memory_mb=int(given.get("MemorySize", MEMORY_MB)),
        log_group=given.get("LoggingConfig", {}).get("LogGroup", f"/aws/lambda/{name}"),
        variables=tuple(sorted((key, str(value)) for key, value in variables.items())),
        reserved=None if reserved is None else int(reserved),
    )


def _with_version(of: Configuration, number: str) -> Configuration:
    return Configuration(**{**vars(of), "version": number})
