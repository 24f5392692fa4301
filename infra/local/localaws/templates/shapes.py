# SPDX-License-Identifier: Apache-2.0
"""From the way in which CloudFormation writes a value to the way in which the API of the service wants it.

Both say the same with small differences of spelling, and botocore has a description of the API at hand. Whatever the
API does not know is an error, at any depth, so that nothing of a template is lost.
"""
from __future__ import annotations

import json
from typing import Any

from .errors import UnknownProperty


def shaped(shape: Any, value: Any, names: dict[str, str], path: str = "") -> Any:
    """`value` as `shape` wants it; `names` has what the API calls otherwise."""
    if shape.type_name == "structure":
        return _structure(shape, value, names, path)
    if shape.type_name == "list":
        return [shaped(shape.member, each, names, f"{path}[]") for each in _listed(shape, value)]
    if shape.type_name == "map":
        made = _mapped(value, path)
        for unknown in set(made) - set(getattr(shape.key, "enum", None) or made):
            raise UnknownProperty(f"{path}.{unknown} is unknown to the API".lstrip("."))
        return {key: shaped(shape.value, each, names, f"{path}.{key}") for key, each in made.items()}
    return _scalar(shape.type_name, value, path)


def _structure(shape: Any, value: Any, names: dict[str, str], path: str) -> dict:
    if isinstance(value, list) and "Items" in shape.members:
        value = {"Items": value}
    if not isinstance(value, dict):
        raise UnknownProperty(f"{path} should have parts, and is {value!r}")
    # FunctionARN, functionArn and FunctionArn are one.
    members = {name.lower(): name for name in shape.members}
    made = {}
    for key, each in value.items():
        name = members.get(names.get(key, key).lower())
        if name is None:
            raise UnknownProperty(f"{path}.{key} is unknown to the API".lstrip("."))
        made[name] = shaped(shape.members[name], each, names, f"{path}.{key}")
    # CloudFront counts the lists that it is given.
    if "Quantity" in shape.members and "Items" in made:
        made["Quantity"] = len(made["Items"])
    return made


def _listed(shape: Any, value: Any) -> list:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and shape.member.type_name == "structure" and "Key" in shape.member.members:
        return [{"Key": key, "Value": each} for key, each in value.items()]  # tags
    raise UnknownProperty(f"a list is wanted instead of {value!r}")


def _mapped(value: Any, path: str) -> dict:
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and all(isinstance(each, dict) and set(each) == {"Key", "Value"} for each in value):
        return {each["Key"]: each["Value"] for each in value}  # tags
    raise UnknownProperty(f"{path} should have names and values, and is {value!r}")


def _scalar(type_name: str, value: Any, path: str) -> Any:
    if type_name == "string":
        if isinstance(value, (dict, list)):
            return json.dumps(value)  # a document, such as a policy
        return str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, (dict, list)):
        raise UnknownProperty(f"{path} should be one {type_name}, and is {value!r}")
    if type_name == "boolean":
        return value if isinstance(value, bool) else {"true": True, "false": False}[value]
    if type_name in ("integer", "long"):
        return int(value)
    if type_name in ("float", "double"):
        return float(value)
    return value
