# SPDX-License-Identifier: Apache-2.0
"""The operations, one method each, named like them."""

import re
from collections.abc import Callable

from ..answers import Refusal
from ..call import Call
from ..judge import Judge
from . import change_sets, imports, shown
from .records import Applier, Asked, Record
from .stacks import GONE, REVIEWED, Stacks
from .templates import asked_by, parsed

NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}")
OWN_NAME = "cloudformation.amazonaws.com"
BUSY = "_IN_PROGRESS"
IMPORT_UNDONE = "IMPORT_ROLLBACK_COMPLETE"
# "Stack status codes": from these a stack can only be deleted.
ONLY_DELETED = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}


class CloudFormation:
    def __init__(self, applier: Applier, client: Callable, judge: Judge) -> None:
        self._stacks, self._client, self._judge = Stacks(applier, client), client, judge

    def answer(self, call: Call) -> dict:
        method = getattr(self, _snake(call.operation), None)
        if method is None:
            raise NotImplementedError("an operation that nobody of ours calls")
        return method(call) or {}

    # --- Change sets

    def create_change_set(self, call: Call) -> dict:
        kind = call.parameters.get("ChangeSetType", "UPDATE")
        to_import = call.parameters.get("ResourcesToImport", [])
        if call.parameters.get("ImportExistingResources") or (to_import and kind != "IMPORT"):
            raise NotImplementedError("imports other than by a change set of their own")
        record = {"CREATE": self._to_create, "IMPORT": self._to_import, "UPDATE": self._to_update}[kind](call)
        asked, taken = self._asked(call, record), None
        if kind == "IMPORT":
            imports.check(asked.template, record.asked.template if record.asked else {}, to_import)
            taken = imports.taken(to_import, self._of(call))
        if record not in self._stacks.records:
            self._stacks.records.append(record)
            record.turn(REVIEWED, "User Initiated", call.parameters.get("ClientToken"))
        change_set = change_sets.made(call, record, asked, taken)
        return {"Id": change_set.arn, "StackId": record.arn}

    def describe_change_set(self, call: Call) -> dict:
        return change_sets.described(*self._change_set(call))

    def list_change_sets(self, call: Call) -> dict:
        record = self._found(call)
        return {"Summaries": [change_sets.summary(record, each) for each in record.change_sets.values()]}

    def execute_change_set(self, call: Call) -> None:
        record, change_set = self._change_set(call)
        if change_set.execution != "AVAILABLE":
            message = f"ChangeSet [{change_set.arn}] cannot be executed in its current status of [{change_set.status}]"
            raise Refusal("InvalidChangeSetStatus", message, 400)
        # The others were compared with what is no longer there.
        record.change_sets = {}
        record.change_set_done = change_set.arn
        token = call.parameters.get("ClientRequestToken")
        if change_set.kind == "IMPORT":
            self._stacks.begin_import(record, change_set.asked, change_set.identifiers, token)
        else:
            self._stacks.begin(record, change_set.asked, token)

    def delete_change_set(self, call: Call) -> None:
        try:
            record, change_set = self._change_set(call)
        except Refusal as refusal:
            if refusal.code != "ChangeSetNotFound":
                raise
            return  # "DeleteChangeSet": no error for one that is gone
        del record.change_sets[change_set.name]

    # --- Stacks

    def create_stack(self, call: Call) -> dict:
        record = self._to_create(call)
        if record in self._stacks.records:
            raise Refusal("AlreadyExistsException", f"Stack [{record.name}] already exists", 400)
        asked = self._asked(call, record)
        record.protected = call.parameters.get("EnableTerminationProtection", False)
        self._stacks.records.append(record)
        self._stacks.begin(record, asked, call.parameters.get("ClientRequestToken"))
        return {"StackId": record.arn}

    def update_stack(self, call: Call) -> dict:
        record = self._to_update(call)
        asked, old = self._asked(call, record), record.asked
        if old and (asked.template, asked.parameters, asked.tags) == (old.template, old.parameters, old.tags):
            raise Refusal("ValidationError", "No updates are to be performed.", 400)
        self._stacks.begin(record, asked, call.parameters.get("ClientRequestToken"))
        return {"StackId": record.arn}

    def delete_stack(self, call: Call) -> None:
        try:
            record = self._found(call)
        except Refusal:
            return  # "DeleteStack": no error for one that is not there
        if record.protected:
            message = f"Stack [{record.name}] cannot be deleted while TerminationProtection is enabled"
            raise Refusal("ValidationError", message, 400)
        if record.status != GONE:
            self._not_busy(record)
            self._stacks.begin_delete(record, call.parameters.get("ClientRequestToken"))

    def update_termination_protection(self, call: Call) -> dict:
        record = self._found(call)
        record.protected = call.parameters["EnableTerminationProtection"]
        return {"StackId": record.arn}

    def describe_stacks(self, call: Call) -> dict:
        if "StackName" in call.parameters:
            return {"Stacks": [shown.stack(self._found(call))]}
        return {"Stacks": [shown.stack(each) for each in self._of(call) if each.status != GONE]}

    def list_stacks(self, call: Call) -> dict:
        wanted = call.parameters.get("StackStatusFilter")
        found = [each for each in self._of(call) if not wanted or each.status in wanted]
        return {"StackSummaries": [shown.summary(each) for each in found]}

    def describe_stack_events(self, call: Call) -> dict:
        return {"StackEvents": list(reversed(self._found(call).events))}

    def describe_events(self, call: Call) -> dict:
        """The CDK asks for those that failed, to say which resource it was."""
        record = self._found(call) if "StackName" in call.parameters else self._change_set(call)[0]
        events = reversed(record.events)
        if call.parameters.get("Filters", {}).get("FailedEvents"):
            events = [each for each in events if each["ResourceStatus"].endswith("_FAILED")]
        return {"OperationEvents": [{k: v for k, v in each.items() if k != "StackName"} for each in events]}

    def describe_stack_resources(self, call: Call) -> dict:
        wanted = call.parameters.get("LogicalResourceId")
        found = shown.resources(self._with(call) if "PhysicalResourceId" in call.parameters else self._found(call))
        return {"StackResources": [each for each in found if wanted in (None, each["LogicalResourceId"])]}

    def describe_stack_resource(self, call: Call) -> dict:
        found = self.describe_stack_resources(call)["StackResources"]
        if not found:
            message = f"Resource {call.parameters['LogicalResourceId']} does not exist"
            raise Refusal("ValidationError", message, 400)
        return {"StackResourceDetail": found[0]}

    def list_stack_resources(self, call: Call) -> dict:
        return {"StackResourceSummaries": shown.resources(self._found(call))}

    def list_exports(self, call: Call) -> dict:
        found = [(each, getattr(each.stack, "exports", {})) for each in self._of(call) if each.stack is not None]
        return {
            "Exports": [
                {"ExportingStackId": record.arn, "Name": name, "Value": value}
                for record, exports in found
                for name, value in exports.items()
            ]
        }

    # --- Templates

    def get_template(self, call: Call) -> dict:
        record = self._found(call)
        wanted = call.parameters.get("ChangeSetName")
        asked = self._change_set(call)[1].asked if wanted else record.asked
        # Until a change set is executed there is none: an empty one, as for a stack under review.
        return {"TemplateBody": asked.body if asked else "{}", "StagesAvailable": ["Original", "Processed"]}

    def get_template_summary(self, call: Call) -> dict:
        if "StackName" in call.parameters:
            asked = self._found(call).asked
            return shown.template_summary(asked.template, asked.capabilities) if asked else {"Parameters": []}
        return shown.template_summary(self._asked(call, None, checked=False).template, [])

    def validate_template(self, call: Call) -> dict:
        return self.get_template_summary(call)

    # --- Finding

    def _of(self, call: Call) -> list[Record]:
        return [each for each in reversed(self._stacks.records) if each.region == call.region]

    def _found(self, call: Call) -> Record:
        return self._stacks.find(call.region, call.parameters["StackName"])

    def _with(self, call: Call) -> Record:
        """The stack that has a resource."""
        wanted = call.parameters["PhysicalResourceId"]
        for each in self._of(call):
            if each.status != GONE and any(one["PhysicalResourceId"] == wanted for one in shown.resources(each)):
                return each
        raise Refusal("ValidationError", f"Stack for {wanted} does not exist", 400)

    def _change_set(self, call: Call):
        record = self._found(call) if "StackName" in call.parameters else None
        return change_sets.find(self._stacks.records, call.region, call, record)

    def _to_create(self, call: Call) -> Record:
        """A new one, or one that was only reviewed so far."""
        name = call.parameters["StackName"]
        if not NAME.fullmatch(name):
            raise Refusal("ValidationError", f"1 validation error detected: {name} is no name of a stack", 400)
        for each in self._of(call):
            if each.name == name and each.status == REVIEWED:
                return each
            if each.name == name and each.status != GONE:
                raise Refusal("AlreadyExistsException", f"Stack [{name}] already exists", 400)
        return Record(name, call.region, REVIEWED)

    def _to_import(self, call: Call) -> Record:
        """One that stands, or one that nothing was made of yet."""
        standing = [each for each in self._of(call) if each.name == call.parameters["StackName"]]
        if standing and standing[0].status == IMPORT_UNDONE:
            return standing[0]
        if standing and standing[0].stack is not None and standing[0].status != GONE:
            return self._to_update(call)
        return self._to_create(call)

    def _to_update(self, call: Call) -> Record:
        record = self._found(call)
        self._not_busy(record)
        if record.status in ONLY_DELETED or record.stack is None:
            message = f"Stack:{record.arn} is in {record.status} state and can not be updated."
            raise Refusal("ValidationError", message, 400)
        return record

    @staticmethod
    def _not_busy(record: Record) -> None:
        if record.status.endswith(BUSY) and record.status != REVIEWED:
            message = f"Stack:{record.arn} is in {record.status} state and can not be updated."
            raise Refusal("ValidationError", message, 400)

    def _asked(self, call: Call, record: Record | None, checked: bool = True) -> Asked:
        if not checked and "TemplateBody" in call.parameters:
            template = parsed(call.parameters["TemplateBody"])
            return Asked(call.parameters["TemplateBody"], template, {})
        asked = asked_by(call, record, lambda resource: self._judge.may_read(call, resource), self._client)
        if asked.role and not self._judge.trusts(asked.role, OWN_NAME):
            raise Refusal("ValidationError", f"Role {asked.role} is invalid or cannot be assumed", 400)
        return asked


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
