# SPDX-License-Identifier: Apache-2.0
"""Stacks and resources as the API tells them."""

from . import imports
from .records import Record


def stack(of: Record) -> dict:
    outputs = of.stack.outputs if of.stack is not None else {}
    asked = of.asked
    return {
        "StackId": of.arn,
        "StackName": of.name,
        "ChangeSetId": of.change_set_done,
        "Description": asked.template.get("Description") if asked else None,
        "Parameters": [
            {"ParameterKey": k, "ParameterValue": v} for k, v in (asked.parameters if asked else {}).items()
        ],
        "CreationTime": of.made,
        "LastUpdatedTime": of.updated,
        "DeletionTime": of.deleted,
        "RollbackConfiguration": {},
        "StackStatus": of.status,
        "StackStatusReason": of.reason,
        "DisableRollback": False,
        "NotificationARNs": [],
        "Capabilities": asked.capabilities if asked else [],
        "Outputs": [_output(of, name, value) for name, value in outputs.items()],
        "RoleARN": asked.role if asked else None,
        "Tags": asked.tags if asked else [],
        "EnableTerminationProtection": of.protected,
        "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"},
    }


def _output(of: Record, name: str, value: str) -> dict:
    declared = of.asked.template.get("Outputs", {}).get(name, {}) if of.asked else {}
    return {"OutputKey": name, "OutputValue": str(value), "Description": declared.get("Description")}


def summary(of: Record) -> dict:
    names = (
        "StackId",
        "StackName",
        "CreationTime",
        "LastUpdatedTime",
        "DeletionTime",
        "StackStatus",
        "StackStatusReason",
        "DriftInformation",
    )
    return {name: value for name, value in stack(of).items() if name in names}


def resources(of: Record) -> list[dict]:
    made = of.stack.resources.values() if of.stack is not None else []
    return [
        {
            "StackId": of.arn,
            "StackName": of.name,
            "LogicalResourceId": each.logical,
            "PhysicalResourceId": each.ref,
            "ResourceType": each.type,
            "ResourceStatus": "CREATE_COMPLETE",
            # One time for both calls, which call it differently.
            "Timestamp": of.updated or of.made,
            "LastUpdatedTimestamp": of.updated or of.made,
            "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"},
        }
        for each in made
    ]


def template_summary(template: dict, capabilities: list[str]) -> dict:
    parameters = [
        {
            "ParameterKey": name,
            "DefaultValue": each.get("Default"),
            "ParameterType": each["Type"],
            "NoEcho": each.get("NoEcho", False),
            "Description": each.get("Description"),
        }
        for name, each in template.get("Parameters", {}).items()
    ]
    return {
        "Parameters": parameters,
        "Description": template.get("Description"),
        "Capabilities": capabilities,
        "ResourceTypes": sorted({each["Type"] for each in template["Resources"].values()}),
        "Version": template.get("AWSTemplateFormatVersion"),
        "ResourceIdentifierSummaries": imports.summaries(template),
    }
