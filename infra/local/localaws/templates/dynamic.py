# SPDX-License-Identifier: Apache-2.0
"""Dynamic references: {{resolve:service:…}}, read from the service when a resource is made."""
from __future__ import annotations

import json
import re
from typing import Any, Callable

from .errors import UnknownIntrinsic, Unresolved

_REFERENCE = re.compile(r"\{\{resolve:([^:}]+):([^}]*)\}\}")


def with_values(value: Any, client: Callable[[str], Any]) -> Any:
    """`value` with every dynamic reference replaced by what `client(service)` reads."""
    if isinstance(value, list):
        return [with_values(each, client) for each in value]
    if isinstance(value, dict):
        return {key: with_values(each, client) for key, each in value.items()}
    if isinstance(value, str):
        return _REFERENCE.sub(lambda match: _read(match, client), value)
    return value


def _read(match: re.Match, client: Callable[[str], Any]) -> str:
    service, what = match[1], match[2]
    if service == "secretsmanager":
        return _secret(what, client("secretsmanager"))
    if service == "ssm":
        return client("ssm").get_parameter(Name=what)["Parameter"]["Value"]
    raise UnknownIntrinsic(f"{match[0]} is not understood")


def _secret(what: str, secrets: Any) -> str:
    # NAME-OR-ARN:SecretString:KEY:STAGE:VERSION, of which all but the first may be left out.
    name, _, rest = what.partition(":SecretString") if ":SecretString" in what else (what, "", "")
    key, stage, version = (rest.removeprefix(":").split(":") + ["", "", ""])[:3]
    chosen = {"VersionStage": stage, "VersionId": version}
    answer = secrets.get_secret_value(SecretId=name, **{key: each for key, each in chosen.items() if each})
    if not key:
        return answer["SecretString"]
    values = json.loads(answer["SecretString"])
    if key not in values:
        raise Unresolved(f"the secret {name} has no key {key}")
    return values[key]
