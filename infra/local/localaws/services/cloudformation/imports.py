# SPDX-License-Identifier: Apache-2.0
"""Change sets of type IMPORT: what "Bringing existing resources into CloudFormation management" asks of them."""

import re
from collections.abc import Iterator
from typing import Any

from ..answers import Refusal
from .records import Record

# The primary identifiers of the types that our templates keep: what tells one such resource from the others.
IDENTIFIERS = {
    "AWS::Cognito::UserPool": ["UserPoolId"],
    "AWS::Cognito::UserPoolGroup": ["UserPoolId", "GroupName"],
    "AWS::DynamoDB::Table": ["TableName"],
    "AWS::IAM::OIDCProvider": ["Arn"],
    "AWS::IAM::Role": ["RoleName"],
    "AWS::S3::Bucket": ["BucketName"],
    "AWS::SecretsManager::Secret": ["Id"],
}

IN_SUB = re.compile(r"\$\{([^!}][^}]*)\}")


def summaries(template: dict) -> list[dict]:
    """For each type, which logical ids have it, and by what they would be known."""
    found = []
    for kind in sorted({each["Type"] for each in template["Resources"].values()} & set(IDENTIFIERS)):
        logicals = [name for name, each in template["Resources"].items() if each["Type"] == kind]
        identifiers = [",".join(IDENTIFIERS[kind])]
        found.append({"ResourceType": kind, "LogicalResourceIds": logicals, "ResourceIdentifiers": identifiers})
    return found


def check(template: dict, standing: dict, to_import: list[dict]) -> None:
    """Raises what CreateChangeSet says at once. `standing` is the template of now, empty for a new stack."""
    resources, before = template["Resources"], standing.get("Resources", {})
    imported = {each["LogicalResourceId"] for each in to_import}
    _refuse(imported - set(resources), "Resources {} of ResourcesToImport are not in the template")
    _refuse(imported & set(before), "Resources {} passed in ResourceToImport are already in the stack")
    others = (set(resources) | set(before)) - imported
    changed = {name for name in others if resources.get(name) != before.get(name)}
    _refuse(changed, "You have modified resources {} in your template that are not being imported. Update, create or "
            "delete operations cannot be executed during import operations.")
    if template.get("Outputs", {}) != standing.get("Outputs", {}):
        _refuse({"Outputs"}, "As part of the import operation, you cannot modify or add {}")
    _refuse({name for name in imported if "DeletionPolicy" not in resources[name]},
            "Following resources to import {} must have DeletionPolicy attribute specified in the template.")
    for each in to_import:
        _check_identifier(each, resources[each["LogicalResourceId"]]["Type"])
    _check_references(template)


def taken(to_import: list[dict], records: list[Record]) -> str | None:
    """Why one of them cannot be had: another stack has it."""
    for each in to_import:
        for record in records:
            for made in record.stack.resources.values() if record.stack is not None and not record.deleted else []:
                if made.type == each["ResourceType"] and _is(made, each["ResourceIdentifier"]):
                    return f"Resource {each['LogicalResourceId']} already exists in stack {record.arn}"
    return None


def _is(made, identifier: dict[str, str]) -> bool:
    properties = getattr(made, "properties", {})
    return all(value in (made.ref, properties.get(name)) for name, value in identifier.items())


def _check_identifier(wanted: dict, kind: str) -> None:
    logical = wanted["LogicalResourceId"]
    if wanted["ResourceType"] != kind:
        _refuse({logical}, f"ResourceType {wanted['ResourceType']} of {{}} is not that of the template, {kind}")
    if kind not in IDENTIFIERS:
        _refuse({logical}, f"ResourceTypes [{kind}] of {{}} are not supported for Import")
    if set(wanted["ResourceIdentifier"]) != set(IDENTIFIERS[kind]):
        _refuse({logical}, f"Invalid ResourceIdentifier for {{}}: {', '.join(IDENTIFIERS[kind])} is wanted")


def _check_references(template: dict) -> None:
    known = set(template["Resources"]) | set(template.get("Parameters", {}))
    spoken = set()
    for resource in template["Resources"].values():
        after = resource.get("DependsOn", [])
        spoken |= {after} if isinstance(after, str) else set(after)
        spoken |= {each for each in _named(resource.get("Properties", {})) if not each.startswith("AWS::")}
    _refuse(spoken - known, "Template format error: Unresolved resource dependencies {} in the Resources block of "
            "the template")


def _named(value: Any) -> Iterator[str]:
    """What functions speak of by a logical id."""
    if isinstance(value, list):
        for each in value:
            yield from _named(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key in ("Ref", "Fn::GetAtt"):
                yield each.split(".")[0] if isinstance(each, str) else each[0]
            elif key == "Fn::Sub":
                yield from (name.split(".")[0] for name in IN_SUB.findall(each if isinstance(each, str) else each[0]))
            else:
                yield from _named(each)


def _refuse(names: set[str], message: str) -> None:
    if names:
        raise Refusal("ValidationError", message.format(f"[{', '.join(sorted(names))}]"), 400)
