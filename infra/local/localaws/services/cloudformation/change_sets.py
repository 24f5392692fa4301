# SPDX-License-Identifier: Apache-2.0
"""Change sets: made, looked at, executed, thrown away."""

import uuid

from .. import ACCOUNT
from ..answers import Refusal
from ..call import Call
from .changes import changes_between, differs
from .records import Asked, ChangeSet, Record

NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set."


def made(call: Call, record: Record, asked: Asked, taken: str | None = None) -> ChangeSet:
    """`taken`: why what is to be imported cannot be."""
    told = call.parameters
    name = told["ChangeSetName"]
    if name in record.change_sets:
        raise Refusal("AlreadyExistsException", f"ChangeSet {name} already exists", 400)
    old = record.asked if record.stack is not None else None
    changed = old is None or differs(old.template, asked.template, old.parameters, asked.parameters)
    changed = changed or old.tags != asked.tags
    reason, imported = taken or (None if changed else NOTHING), told.get("ResourcesToImport", [])
    found = ChangeSet(
        name=name,
        arn=f"arn:aws:cloudformation:{call.region}:{ACCOUNT}:changeSet/{name}/{uuid.uuid4()}",
        asked=asked,
        kind=told.get("ChangeSetType", "UPDATE"),
        changes=changes_between(old.template if old else {}, asked.template),
        status="FAILED" if reason else "CREATE_COMPLETE",
        execution="UNAVAILABLE" if reason else "AVAILABLE",
        reason=reason,
        description=told.get("Description"),
        identifiers={each["LogicalResourceId"]: each["ResourceIdentifier"] for each in imported},
    )
    for each in found.changes if imported else []:
        each["ResourceChange"]["Action"] = "Import"
    record.change_sets[name] = found
    return found


def find(records: list[Record], region: str, call: Call, record: Record | None) -> tuple[Record, ChangeSet]:
    wanted = call.parameters["ChangeSetName"]
    for each in [record] if record is not None else [every for every in records if every.region == region]:
        for change_set in each.change_sets.values():
            if wanted in (change_set.name, change_set.arn):
                return each, change_set
    raise Refusal("ChangeSetNotFound", f"ChangeSet [{wanted}] does not exist", 404)


def described(record: Record, of: ChangeSet) -> dict:
    return summary(record, of) | {
        "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in of.asked.parameters.items()],
        "Changes": of.changes,
        "Capabilities": of.asked.capabilities,
        "Tags": of.asked.tags,
        "NotificationARNs": [],
        "RollbackConfiguration": {},
    }


def summary(record: Record, of: ChangeSet) -> dict:
    return {
        "ChangeSetName": of.name,
        "ChangeSetId": of.arn,
        "StackId": record.arn,
        "StackName": record.name,
        "Description": of.description,
        "CreationTime": of.made,
        "ExecutionStatus": of.execution,
        "Status": of.status,
        "StatusReason": of.reason,
        "IncludeNestedStacks": False,
    }
